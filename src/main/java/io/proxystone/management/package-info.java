/** The management port: what operators and their tools ask the process about itself. */
@NullMarked
package io.proxystone.management;

import org.jspecify.annotations.NullMarked;
