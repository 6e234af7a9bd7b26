package io.proxystone.cache.camel;

import io.proxystone.cache.serving.HttpCache;
import java.util.Map;
import java.util.TreeSet;

/** The caches that flows can name. */
public record HttpCaches(Map<String, HttpCache> byName) {
    public HttpCaches {
        byName = Map.copyOf(byName);
    }

    /** @throws IllegalArgumentException if there is none of that name; the message tells which there are */
    HttpCache get(String name) {
        HttpCache cache = byName.get(name);
        if (cache == null) {
            throw new IllegalArgumentException(
                    "No cache is named '" + name + "'; allowed: " + String.join(", ", new TreeSet<>(byName.keySet())));
        }
        return cache;
    }
}
