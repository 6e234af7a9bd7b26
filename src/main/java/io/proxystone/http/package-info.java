/**
 * What an HTTP message means: fields, targets, statuses, validators, ranges, cache directives, forwarding and problem
 * details (RFC 9110, RFC 9111, RFC 9457, RFC 9651).
 */
@NullMarked
package io.proxystone.http;

import org.jspecify.annotations.NullMarked;
