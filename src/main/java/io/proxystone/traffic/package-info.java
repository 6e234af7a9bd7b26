/** What is known about a request when its last byte has left, and who wants to know it. */
@NullMarked
package io.proxystone.traffic;

import org.jspecify.annotations.NullMarked;
