/** The cache in flows: the real gateway between clients and an origin that counts. */
package io.proxystone.cache.flow;
