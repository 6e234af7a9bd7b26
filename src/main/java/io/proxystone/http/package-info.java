/** What an HTTP message means: fields, targets, statuses, forwarding and problem details (RFC 9110, RFC 9457). */
@NullMarked
package io.proxystone.http;

import org.jspecify.annotations.NullMarked;
