/** How HTTP/1.1 writes messages on a connection (RFC 9112): heads, framing of content, chunks. Knows octets, not sockets. */
@NullMarked
package io.proxystone.http.http1;

import org.jspecify.annotations.NullMarked;
