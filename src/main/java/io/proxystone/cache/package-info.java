/** The rules of a shared HTTP cache (RFC 9111) and the ports it needs: decisions only, no clock and no I/O. */
@NullMarked
package io.proxystone.cache;

import org.jspecify.annotations.NullMarked;
