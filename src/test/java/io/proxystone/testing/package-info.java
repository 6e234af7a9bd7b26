/** What tests speak HTTP with: raw clients and origins that do exactly, and if asked to badly, what they are told. */
package io.proxystone.testing;
