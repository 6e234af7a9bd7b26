/** What the demonstration origin of the shipped example serves. Nothing else uses it. */
@NullMarked
package io.proxystone.demo;

import org.jspecify.annotations.NullMarked;
