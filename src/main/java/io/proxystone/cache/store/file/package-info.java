/** Stored responses in files: crash-safe, verified block by block, bounded in octets. */
@NullMarked
package io.proxystone.cache.store.file;

import org.jspecify.annotations.NullMarked;
