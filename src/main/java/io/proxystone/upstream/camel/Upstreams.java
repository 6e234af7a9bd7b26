package io.proxystone.upstream.camel;

import io.proxystone.upstream.netty.UpstreamClient;
import java.util.Map;
import java.util.TreeMap;

/** The upstreams a context's flows can name. */
public record Upstreams(Map<String, UpstreamClient> byName) {

    public Upstreams {
        byName = Map.copyOf(byName);
    }

    /** @throws IllegalArgumentException if there is none of that name; the message names those there are */
    UpstreamClient get(String name) {
        UpstreamClient client = byName.get(name);
        if (client == null) {
            String known = byName.isEmpty() ? "none is configured" : String.join(", ", new TreeMap<>(byName).keySet());
            throw new IllegalArgumentException("No upstream is named '" + name + "'; allowed: " + known);
        }
        return client;
    }
}
