package io.proxystone.config;

import io.proxystone.cache.CacheSettings;
import io.proxystone.edge.ListenerSettings;
import io.proxystone.traffic.accesslog.AccessLogSettings;
import io.proxystone.upstream.UpstreamSettings;
import java.util.HashMap;
import java.util.Map;

/** All of {@code proxy-stone.yaml}: what is not written there has its default. */
public record GatewaySettings(
        ListenerSettings listener,
        Map<String, UpstreamSettings> upstreams,
        Map<String, CacheSettings> caches,
        AccessLogSettings accessLog,
        ShutdownSettings shutdown) {

    public static final GatewaySettings DEFAULT = new GatewaySettings(
            ListenerSettings.DEFAULT, Map.of(), Map.of(), AccessLogSettings.DEFAULT, ShutdownSettings.DEFAULT);

    public GatewaySettings {
        upstreams = Map.copyOf(upstreams);
        caches = Map.copyOf(caches);
    }

    /** The same settings with one more upstream. */
    public GatewaySettings with(String name, UpstreamSettings upstream) {
        Map<String, UpstreamSettings> more = new HashMap<>(upstreams);
        more.put(name, upstream);
        return new GatewaySettings(listener, more, caches, accessLog, shutdown);
    }
}
