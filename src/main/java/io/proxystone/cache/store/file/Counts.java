package io.proxystone.cache.store.file;

import java.util.concurrent.atomic.LongAdder;

/** What a store has done since it was opened. */
final class Counts {
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder stored = new LongAdder();
    private final LongAdder evicted = new LongAdder();

    /** Counts a look-up by whether it has found something. */
    void lookedUp(boolean found) {
        (found ? hits : misses).increment();
    }

    void stored() {
        stored.increment();
    }

    void evicted(int count) {
        evicted.add(count);
    }

    long hits() {
        return hits.sum();
    }

    long misses() {
        return misses.sum();
    }

    /** Responses that became visible. */
    long stores() {
        return stored.sum();
    }

    /** Responses that went for want of room. */
    long evictions() {
        return evicted.sum();
    }
}
