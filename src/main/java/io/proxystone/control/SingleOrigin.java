package io.proxystone.control;

/**
 * The one origin that everything goes to, instead of what flow files say.
 *
 * @param url where it is
 * @param cached whether its responses are cached
 */
public record SingleOrigin(String url, boolean cached) {}
