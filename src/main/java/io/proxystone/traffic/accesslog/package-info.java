/** One line per request, written beside the event loops. */
@NullMarked
package io.proxystone.traffic.accesslog;

import org.jspecify.annotations.NullMarked;
