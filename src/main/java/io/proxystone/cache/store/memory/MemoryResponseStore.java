package io.proxystone.cache.store.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.proxystone.cache.CacheKey;
import io.proxystone.cache.CacheSettings;
import io.proxystone.cache.ResponseStore;
import io.proxystone.cache.StoreStatistics;
import io.proxystone.cache.StoredHead;
import io.proxystone.cache.StoredResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** A store in memory, bounded by the octets it takes. Which responses stay, Caffeine decides by how often they are used. */
public final class MemoryResponseStore implements ResponseStore {
    private static final CompletionStage<List<StoredResponse>> NOTHING = CompletableFuture.completedFuture(List.of());

    private final CacheSettings.Memory settings;
    private final Cache<String, Variants> entries;
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder stored = new LongAdder();
    private final LongAdder evicted = new LongAdder();
    private final AtomicLong held = new AtomicLong();
    private volatile boolean closed;

    public MemoryResponseStore(CacheSettings.Memory settings) {
        this.settings = settings;
        this.entries = Caffeine.newBuilder()
                .maximumWeight(settings.size())
                .weigher((String key, Variants variants) -> variants.weight(key))
                .removalListener(this::removed)
                .executor(Runnable::run)
                .build();
    }

    private void removed(@Nullable String key, @Nullable Variants variants, RemovalCause cause) {
        if (variants == null) {
            return;
        }
        int count = variants.responses().size();
        variants.release();
        held.addAndGet(-count);
        if (cause.wasEvicted()) {
            evicted.add(count);
        }
    }

    /** Counts what is about to be held. */
    private @Nullable Variants held(@Nullable Variants variants) {
        if (variants != null) {
            held.addAndGet(variants.responses().size());
        }
        return variants;
    }

    @Override
    public CompletionStage<List<StoredResponse>> find(CacheKey key) {
        Variants variants = closed ? null : entries.getIfPresent(key.text());
        if (variants == null) {
            misses.increment();
            return NOTHING;
        }
        hits.increment();
        return CompletableFuture.completedFuture(variants.responses());
    }

    @Override
    public long maxEntry() {
        return settings.size() == 0 ? -1 : Math.min(settings.size(), settings.maxEntry());
    }

    @Override
    public Writing write(CacheKey key, StoredHead head) {
        return new MemoryWriting(head, () -> closed ? -1 : maxEntry(), response -> {
            if (!closed) {
                stored.increment();
                entries.asMap().compute(key.text(), (text, former) -> held(Variants.with(former, response)));
            }
        });
    }

    @Override
    public void freshen(CacheKey key, StoredHead head) {
        entries.asMap().computeIfPresent(key.text(), (text, former) -> held(former.freshened(head)));
    }

    @Override
    public void remove(CacheKey key, long id) {
        entries.asMap().computeIfPresent(key.text(), (text, former) -> held(former.without(id)));
    }

    @Override
    public void remove(CacheKey key) {
        entries.invalidate(key.text());
    }

    @Override
    public void clear() {
        entries.invalidateAll();
    }

    @Override
    public StoreStatistics statistics() {
        entries.cleanUp();
        long octets = entries.policy()
                .eviction()
                .map(eviction -> eviction.weightedSize().orElse(0))
                .orElse(0L);
        return new StoreStatistics(
                held.get(), octets, settings.size(), hits.sum(), misses.sum(), stored.sum(), evicted.sum(), 0);
    }

    @Override
    public void close() {
        closed = true;
        clear();
    }
}
