/** Camel's ordinary steps in real flows over real sockets: what they do to messages, and that none makes an event loop wait. */
package io.proxystone.steps;
