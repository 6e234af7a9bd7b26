/** Stored responses in memory (L0): Caffeine decides what stays, bounded by the octets it takes. */
@NullMarked
package io.proxystone.cache.store.memory;

import org.jspecify.annotations.NullMarked;
