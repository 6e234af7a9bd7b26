package io.proxystone.control;

import io.proxystone.cache.CacheSettings;
import io.proxystone.cache.ResponseStore;
import io.proxystone.cache.camel.HttpCaches;
import io.proxystone.cache.serving.HttpCache;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The caches of one revision. What the former revision has stored they keep, unless their stores are other ones. */
final class CacheSet {
    /** The cache that flows can name without it being configured. */
    private static final String DEFAULT = "default";

    private final Map<String, HttpCache> caches;

    private CacheSet(Map<String, HttpCache> caches) {
        this.caches = caches;
    }

    /** @param withFiles whether directories are opened, which only the process that serves may do */
    static CacheSet create(Map<String, CacheSettings> settings, @Nullable CacheSet former, boolean withFiles) {
        Map<String, CacheSettings> all = new HashMap<>(settings);
        all.putIfAbsent(DEFAULT, CacheSettings.DEFAULT);
        Map<String, HttpCache> caches = new HashMap<>();
        all.forEach((name, each) -> {
            HttpCache before = former == null ? null : former.caches.get(name);
            caches.put(
                    name,
                    before != null && before.settings().equals(each) ? before : cache(name, each, before, withFiles));
        });
        return new CacheSet(caches);
    }

    /** A cache with the store of the one before, if that serves: other rules forget nothing that is stored. */
    private static HttpCache cache(String name, CacheSettings settings, @Nullable HttpCache before, boolean withFiles) {
        ResponseStore store = before != null && CacheStores.serves(before.settings(), settings)
                ? before.store()
                : CacheStores.create(settings, withFiles);
        return new HttpCache(name, settings, store, InstantSource.system());
    }

    HttpCaches forFlows() {
        return new HttpCaches(caches);
    }

    /** Closes the stores that another set has not taken over. */
    void closeExcept(@Nullable CacheSet successor) {
        Set<ResponseStore> kept = Collections.newSetFromMap(new IdentityHashMap<>());
        if (successor != null) {
            successor.caches.values().forEach(cache -> kept.add(cache.store()));
        }
        for (HttpCache cache : caches.values()) {
            if (!kept.contains(cache.store())) {
                cache.store().close();
            }
        }
    }
}
