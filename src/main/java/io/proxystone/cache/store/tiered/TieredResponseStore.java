package io.proxystone.cache.store.tiered;

import io.proxystone.cache.CacheKey;
import io.proxystone.cache.ResponseStore;
import io.proxystone.cache.Selection;
import io.proxystone.cache.StoreStatistics;
import io.proxystone.cache.StoredHead;
import io.proxystone.cache.StoredResponse;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * A store in memory before a larger one that is slower. What is written goes to both, and what is found below comes up if it
 * is small. Memory has all responses under a key or none: those it does not take are looked for below with all others.
 */
public final class TieredResponseStore implements ResponseStore {
    private final ResponseStore memory;
    private final ResponseStore below;
    private final Promotion promotion;

    /**
     * Puts one store before another.
     *
     * @param maxPromoted the largest content that comes up from below, in octets
     */
    public TieredResponseStore(ResponseStore memory, ResponseStore below, int maxPromoted) {
        this.memory = memory;
        this.below = below;
        this.promotion = new Promotion(memory, maxPromoted);
    }

    @Override
    public CompletionStage<List<StoredResponse>> find(CacheKey key) {
        CompletionStage<List<StoredResponse>> above = memory.find(key);
        List<StoredResponse> found = above.toCompletableFuture().join();
        if (!found.isEmpty()) {
            return above;
        }
        int version = promotion.version(key);
        return below.find(key).thenCompose(responses -> promotion.promote(key, responses, version));
    }

    @Override
    public long maxEntry() {
        return Math.max(memory.maxEntry(), below.maxEntry());
    }

    @Override
    public Writing write(CacheKey key, StoredHead head) {
        promotion.changed(key);
        // One of several responses, where memory has none, would hide the others below; it comes up with them.
        boolean hides = !head.selection().equals(Selection.ALL)
                && memory.find(key).toCompletableFuture().join().isEmpty();
        return new TieredWriting(key, hides ? null : memory.write(key, head), below.write(key, head), memory);
    }

    @Override
    public void freshen(CacheKey key, StoredHead head) {
        promotion.changed(key);
        memory.freshen(key, head);
        below.freshen(key, head);
    }

    @Override
    public void remove(CacheKey key, long id) {
        promotion.changed(key);
        memory.remove(key, id);
        below.remove(key, id);
    }

    @Override
    public void remove(CacheKey key) {
        promotion.changed(key);
        memory.remove(key);
        below.remove(key);
    }

    @Override
    public void clear() {
        promotion.allChanged();
        memory.clear();
        below.clear();
    }

    /** What is held below, of which memory has a part; a look-up that memory answers does not come below. */
    @Override
    public StoreStatistics statistics() {
        StoreStatistics above = memory.statistics();
        StoreStatistics under = below.statistics();
        return new StoreStatistics(
                under.responses(),
                under.octets(),
                under.capacity(),
                above.hits() + under.hits(),
                under.misses(),
                under.stored(),
                under.evicted(),
                above.failures() + under.failures());
    }

    @Override
    public void close() {
        memory.close();
        below.close();
    }
}
