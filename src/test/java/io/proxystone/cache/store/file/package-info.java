/** The store in files: what it survives, and that nothing it gives back is wrong. */
package io.proxystone.cache.store.file;
