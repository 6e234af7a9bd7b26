package io.proxystone.edge;

import io.proxystone.edge.message.BodyMode;

/**
 * How a flow takes requests.
 *
 * @param bodies whether content waits in memory until it is whole
 * @param maxBody the largest content it takes in octets
 * @param stripPrefix whether origins see the path without the flow's own path
 */
public record FlowOptions(BodyMode bodies, long maxBody, boolean stripPrefix) {
    public static final FlowOptions DEFAULT = new FlowOptions(BodyMode.AUTO, Long.MAX_VALUE, false);
}
