/** Revisions of flows and settings: building one is checking it, and a swap is the only way one becomes live. */
@NullMarked
package io.proxystone.control;

import org.jspecify.annotations.NullMarked;
