/** Micrometer behind the observer interfaces of the other rooms, in the names Prometheus users expect. */
@NullMarked
package io.proxystone.metrics;

import org.jspecify.annotations.NullMarked;
