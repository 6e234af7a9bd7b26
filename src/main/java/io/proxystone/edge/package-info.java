/** The listener: connections, what HTTP/1.1 asks of a server on them, and the router that finds a request's flow. */
@NullMarked
package io.proxystone.edge;

import org.jspecify.annotations.NullMarked;
