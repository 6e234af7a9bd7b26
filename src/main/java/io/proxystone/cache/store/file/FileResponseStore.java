package io.proxystone.cache.store.file;

import io.proxystone.cache.CacheKey;
import io.proxystone.cache.ResponseStore;
import io.proxystone.cache.StoreStatistics;
import io.proxystone.cache.StoredHead;
import io.proxystone.cache.StoredResponse;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/**
 * Responses in files, which outlive the process. No call waits for the disk: the store's own threads do, and complete look-ups
 * and reads. What is written is found once it is whole on the disk, soon after its commit; what is removed is not found from
 * then on.
 */
public final class FileResponseStore implements ResponseStore {
    private final StoreParts store;
    private final Lookup lookup;
    private final Removals removals = new Removals();

    /** Opens the store of a directory. What the directory has is found from the start, while it is still being listed. */
    public FileResponseStore(FileStoreSettings settings) {
        this(settings, new LocalVolume(), System::nanoTime);
    }

    FileResponseStore(FileStoreSettings settings, Volume volume, LongSupplier nanoTime) {
        store = StoreParts.of(settings, volume, nanoTime);
        lookup = new Lookup(store);
        new Opening(store).start();
    }

    @Override
    public CompletionStage<List<StoredResponse>> find(CacheKey key) {
        Digest digest = Digest.of(key);
        if (removals.include(digest) || store.disk().isClosed()) {
            return lookup.nothing();
        }
        return lookup.find(key, digest);
    }

    @Override
    public Writing write(CacheKey key, StoredHead head) {
        return new FileWriting(store, key, head);
    }

    @Override
    public void freshen(CacheKey key, StoredHead head) {
        Digest digest = Digest.of(key);
        if (!store.backlog().take(Backlog.HEAD)) {
            store.failures().countRefusal();
            return;
        }
        store.disk().lane(digest.shard()).execute(() -> {
            try {
                store.changes().freshen(key, digest, head);
            } finally {
                store.backlog().give(Backlog.HEAD);
            }
        });
    }

    @Override
    public void remove(CacheKey key, long id) {
        Digest digest = Digest.of(key);
        remove(digest, () -> store.changes().remove(digest, id));
    }

    @Override
    public void remove(CacheKey key) {
        Digest digest = Digest.of(key);
        remove(digest, () -> store.changes().remove(digest));
    }

    private void remove(Digest digest, Runnable removal) {
        removals.begin(digest);
        store.disk().lane(digest.shard()).execute(() -> {
            try {
                removal.run();
            } finally {
                removals.end(digest);
            }
        });
    }

    @Override
    public void clear() {
        removals.begin(Digest.SHARDS);
        for (int i = 0; i < Digest.SHARDS; i++) {
            int shard = i;
            store.disk().lane(shard).execute(() -> {
                try {
                    store.listing().clear(shard);
                } finally {
                    removals.endShard();
                }
            });
        }
    }

    @Override
    public StoreStatistics statistics() {
        EntryIndex index = store.index();
        Counts counts = store.counts();
        return new StoreStatistics(
                index.count(),
                index.octets(),
                store.settings().size(),
                counts.hits(),
                counts.misses(),
                counts.stores(),
                counts.evictions(),
                store.failures().count());
    }

    @Override
    public void close() {
        store.disk().close();
    }
}
