package io.proxystone.cache.store.tiered;

import io.proxystone.cache.CacheKey;
import io.proxystone.cache.ResponseStore;
import io.proxystone.http.Fields;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A response on its way into both stores, as far as each takes it. */
final class TieredWriting implements ResponseStore.Writing {
    private final CacheKey key;
    private final ResponseStore memory;
    private ResponseStore.@Nullable Writing above;
    private ResponseStore.@Nullable Writing below;

    /** @param above where it is written in memory, or null if only below */
    TieredWriting(
            CacheKey key, ResponseStore.@Nullable Writing above, ResponseStore.Writing below, ResponseStore memory) {
        this.key = key;
        this.above = above;
        this.below = below;
        this.memory = memory;
    }

    @Override
    public boolean append(ByteBuffer piece) {
        if (above != null && !above.append(piece.duplicate())) {
            above.abort();
            above = null;
        }
        if (below != null && !below.append(piece.duplicate())) {
            below.abort();
            below = null;
        }
        return above != null || below != null;
    }

    @Override
    public void commit(Fields trailers) {
        if (below != null) {
            below.commit(trailers);
        }
        if (above != null) {
            above.commit(trailers);
        } else {
            // Memory would hide what only the store below has.
            memory.remove(key);
        }
    }

    @Override
    public void abort() {
        if (above != null) {
            above.abort();
        }
        if (below != null) {
            below.abort();
        }
    }
}
