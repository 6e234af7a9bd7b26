/** The HTTP/1.1 client that origins are asked with, on the event loops of the listeners. */
@NullMarked
package io.proxystone.upstream.netty;

import org.jspecify.annotations.NullMarked;
