/** The event loops every connection lives on, client side and origin side alike, and what each loop owns. */
@NullMarked
package io.proxystone.edge.loop;

import org.jspecify.annotations.NullMarked;
