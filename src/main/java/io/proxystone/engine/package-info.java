/** What is changed in Camel's engine so that no step makes an event loop wait. */
@NullMarked
package io.proxystone.engine;

import org.jspecify.annotations.NullMarked;
