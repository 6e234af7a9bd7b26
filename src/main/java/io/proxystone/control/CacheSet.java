package io.proxystone.control;

import io.proxystone.cache.CacheSettings;
import io.proxystone.cache.camel.HttpCaches;
import io.proxystone.cache.serving.HttpCache;
import io.proxystone.cache.store.memory.MemoryResponseStore;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The caches of one revision. Those whose settings did not change are the former revision's, with all they have stored. */
final class CacheSet {
    /** The cache that flows can name without it being configured. */
    private static final String DEFAULT = "default";

    private final Map<String, HttpCache> caches;

    private CacheSet(Map<String, HttpCache> caches) {
        this.caches = caches;
    }

    static CacheSet create(Map<String, CacheSettings> settings, @Nullable CacheSet former) {
        Map<String, CacheSettings> all = new HashMap<>(settings);
        all.putIfAbsent(DEFAULT, CacheSettings.DEFAULT);
        Map<String, HttpCache> caches = new HashMap<>();
        all.forEach((name, each) -> {
            HttpCache before = former == null ? null : former.caches.get(name);
            caches.put(name, before != null && before.settings().equals(each) ? before : cache(name, each));
        });
        return new CacheSet(caches);
    }

    private static HttpCache cache(String name, CacheSettings settings) {
        return new HttpCache(name, settings, new MemoryResponseStore(settings.memory()), InstantSource.system());
    }

    HttpCaches forFlows() {
        return new HttpCaches(caches);
    }

    /** Closes the caches that another set has not taken over. */
    void closeExcept(@Nullable CacheSet successor) {
        for (HttpCache cache : caches.values()) {
            if (successor == null || successor.caches.get(cache.name()) != cache) {
                cache.close();
            }
        }
    }
}
