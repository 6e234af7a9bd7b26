/** What every store of responses does, whatever it stores them in. */
package io.proxystone.cache.store;
