/** The component {@code http-cache:}. */
@NullMarked
package io.proxystone.cache.camel;

import org.jspecify.annotations.NullMarked;
