package io.proxystone.cache.store.file;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The order of eviction: SIEVE (Zhang et al., NSDI 2024). Entries queue by age, and a hand goes round from the oldest to the
 * newest. It spares those that were asked for since it last came by and stops at the first that was not. Compared to LRU, a
 * hit sets a flag instead of moving an entry, what is asked for once does not drive out what is asked for often, and the order
 * is that of the files' times, which a restart finds as they were. Not for several threads at a time.
 */
final class Sieve {
    private @Nullable Entry oldest;
    private @Nullable Entry newest;

    /** Where the hand goes on; null for the oldest. */
    private @Nullable Entry hand;

    /** Adds an entry as the newest. */
    void add(Entry entry) {
        entry.older = newest;
        if (newest == null) {
            oldest = entry;
        } else {
            newest.newer = entry;
        }
        newest = entry;
    }

    /** Removes an entry that is there. */
    void remove(Entry entry) {
        if (entry.is(hand)) {
            hand = entry.newer;
        }
        if (entry.older == null) {
            oldest = entry.newer;
        } else {
            entry.older.newer = entry.newer;
        }
        if (entry.newer == null) {
            newest = entry.older;
        } else {
            entry.newer.older = entry.older;
        }
        entry.older = null;
        entry.newer = null;
    }

    /** The one to go next, which stays until it is removed; null if there is none. */
    @Nullable
    Entry victim() {
        Entry candidate = hand == null ? oldest : hand;
        while (candidate != null && candidate.isVisited()) {
            candidate.spare();
            candidate = candidate.newer == null ? oldest : candidate.newer;
        }
        hand = candidate;
        return candidate;
    }

    /** Orders the entries by when they were stored, after they were found in another order. */
    void sort() {
        List<Entry> entries = new ArrayList<>();
        for (Entry entry = oldest; entry != null; entry = entry.newer) {
            entries.add(entry);
        }
        entries.sort(Comparator.comparingLong(Entry::stored));
        oldest = null;
        newest = null;
        hand = null;
        for (Entry entry : entries) {
            entry.newer = null;
            add(entry);
        }
    }
}
