/** The chain of stores: memory before a larger and slower one. */
@NullMarked
package io.proxystone.cache.store.tiered;

import org.jspecify.annotations.NullMarked;
