/** The command line: what {@code bin/proxy-stone} understands and prints. */
@NullMarked
package io.proxystone.cli;

import org.jspecify.annotations.NullMarked;
