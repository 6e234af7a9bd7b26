/** Origins by name: where requests go, within which bounds, and how that can fail. */
@NullMarked
package io.proxystone.upstream;

import org.jspecify.annotations.NullMarked;
