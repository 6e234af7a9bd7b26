/** Micro-benchmarks of what every request passes through: {@code bench/micro} runs them. */
package io.proxystone.benchmark;
