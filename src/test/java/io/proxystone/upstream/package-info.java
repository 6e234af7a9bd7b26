/** The upstream client against origins that behave, and misbehave, over real sockets. */
package io.proxystone.upstream;
