/** Reads {@code proxy-stone.yaml} into the settings records of the rooms, and says exactly what is wrong with it. */
@NullMarked
package io.proxystone.config;

import org.jspecify.annotations.NullMarked;
