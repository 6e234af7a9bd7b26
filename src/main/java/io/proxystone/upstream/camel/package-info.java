/** The Camel component {@code upstream}: a step that has an origin answer. */
@NullMarked
package io.proxystone.upstream.camel;

import org.jspecify.annotations.NullMarked;
