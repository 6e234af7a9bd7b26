/** Answers requests out of a cache, and asks origins for what it lacks: each thing once, whoever waits for it. */
@NullMarked
package io.proxystone.cache.serving;

import org.jspecify.annotations.NullMarked;
