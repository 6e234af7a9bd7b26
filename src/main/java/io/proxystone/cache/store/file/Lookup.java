package io.proxystone.cache.store.file;

import io.proxystone.cache.CacheKey;
import io.proxystone.cache.StoredHead;
import io.proxystone.cache.StoredResponse;
import io.proxystone.cache.store.file.Entries.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Finds what is stored under a key: nothing at once if the index has nothing, else on the disk's threads, in limited time. */
final class Lookup {
    /** How many look-ups wait for the disk when one more had better be a miss. */
    private static final int MOST_WAITING = 1024;

    private final StoreParts store;
    private final AtomicInteger waiting = new AtomicInteger();

    Lookup(StoreParts store) {
        this.store = store;
    }

    CompletionStage<List<StoredResponse>> find(CacheKey key, Digest digest) {
        boolean listed = store.listing().includes(digest);
        if (listed && !store.index().contains(digest)) {
            return nothing();
        }
        if (waiting.get() >= MOST_WAITING) {
            store.failures().countRefusal();
            return nothing();
        }
        waiting.incrementAndGet();
        CompletableFuture<@Nullable List<StoredResponse>> found = new CompletableFuture<>();
        if (listed) {
            store.disk().readers().execute(() -> read(key, digest, found));
        } else {
            // Looking into a directory is for the lane of what changes it.
            store.disk().lane(digest.shard()).execute(() -> read(key, digest, found));
        }
        return found.completeOnTimeout(null, store.settings().timeout().toNanos(), TimeUnit.NANOSECONDS)
                .thenApply(this::counted);
    }

    /** Counts a look-up that has found nothing. */
    CompletionStage<List<StoredResponse>> nothing() {
        store.counts().lookedUp(false);
        return CompletableFuture.completedStage(List.of());
    }

    /** What was found, or nothing if it took too long. */
    private List<StoredResponse> counted(@Nullable List<StoredResponse> found) {
        if (found == null) {
            store.failures().countRefusal();
        }
        List<StoredResponse> responses = found == null ? List.of() : found;
        store.counts().lookedUp(!responses.isEmpty());
        return responses;
    }

    private void read(CacheKey key, Digest digest, CompletableFuture<@Nullable List<StoredResponse>> found) {
        waiting.decrementAndGet();
        try {
            store.listing().probe(digest);
            found.complete(responses(store.entries().find(key, digest)));
        } finally {
            // Nobody waits for ever, whatever happened.
            found.complete(List.of());
        }
    }

    private List<StoredResponse> responses(List<Found> found) {
        List<StoredResponse> responses = new ArrayList<>(found.size());
        for (int i = 0; i < found.size(); i++) {
            if (!isSuperseded(i, found)) {
                Found each = found.get(i);
                each.entry().visit();
                responses.add(new StoredResponse(each.footer().head(), new FileContent(store, each)));
            }
        }
        return responses;
    }

    /**
     * Whether another entry is for the same requests and newer. That is so for an instant whenever a response replaces
     * another, and for longer if the process ended in this instant.
     */
    private static boolean isSuperseded(int index, List<Found> found) {
        StoredHead head = found.get(index).footer().head();
        for (int i = 0; i < found.size(); i++) {
            StoredHead other = found.get(i).footer().head();
            long later = other.freshness().received() - head.freshness().received();
            boolean newer = later > 0 || (later == 0 && i < index);
            if (newer && other.selection().equals(head.selection())) {
                return true;
            }
        }
        return false;
    }
}
