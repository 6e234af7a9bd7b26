/** The listener as Camel's {@code netty-http} consumer: endpoints become flow addresses, requests become exchanges. */
@NullMarked
package io.proxystone.edge.camel;

import org.jspecify.annotations.NullMarked;
