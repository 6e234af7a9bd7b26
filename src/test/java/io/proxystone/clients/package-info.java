/** Programs that people use, as clients of the gateway. */
package io.proxystone.clients;
