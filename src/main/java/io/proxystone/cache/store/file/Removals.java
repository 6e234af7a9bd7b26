package io.proxystone.cache.store.file;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What is to be removed: until that is done, nothing is found there. */
final class Removals {
    private final Map<Digest, Integer> digests = new ConcurrentHashMap<>();
    private final AtomicInteger shards = new AtomicInteger();

    /** Whether something under a digest is to be removed. From any thread, which does not wait. */
    boolean include(Digest digest) {
        return shards.get() > 0 || digests.containsKey(digest);
    }

    void begin(Digest digest) {
        digests.merge(digest, 1, Integer::sum);
    }

    void end(Digest digest) {
        digests.computeIfPresent(digest, (same, count) -> count == 1 ? null : count - 1);
    }

    /** Begins the removal of everything in some shards. */
    void begin(int count) {
        shards.addAndGet(count);
    }

    /** Ends the removal of everything in a shard. */
    void endShard() {
        shards.decrementAndGet();
    }
}
