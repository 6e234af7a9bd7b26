/** HTTP messages as Camel messages: lazy, and with bodies that are either small and in memory or streams. */
@NullMarked
package io.proxystone.edge.message;

import org.jspecify.annotations.NullMarked;
