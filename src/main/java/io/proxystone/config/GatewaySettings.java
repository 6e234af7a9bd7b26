package io.proxystone.config;

import io.proxystone.cache.CacheSettings;
import io.proxystone.edge.ListenerSettings;
import io.proxystone.traffic.accesslog.AccessLogSettings;
import io.proxystone.upstream.UpstreamSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

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
        List<String> directories = caches.values().stream()
                .map(cache -> cache.files().directory())
                .filter(Objects::nonNull)
                .toList();
        if (directories.stream().distinct().count() < directories.size()) {
            throw new IllegalArgumentException(
                    "caches: two caches have the same files.directory; allowed is one of its own for each");
        }
    }

    /** The same settings with one more upstream. */
    public GatewaySettings with(String name, UpstreamSettings upstream) {
        Map<String, UpstreamSettings> more = new HashMap<>(upstreams);
        more.put(name, upstream);
        return new GatewaySettings(listener, more, caches, accessLog, shutdown);
    }
}
