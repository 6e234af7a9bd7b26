package io.proxystone.cache.store.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What a store has, in memory: entries by digest, and the order of their eviction. Looking up waits for nothing, so that an
 * event loop may; whatever changes the index holds its monitor, and belongs on another thread.
 */
final class EntryIndex {
    /**
     * By shard, then by digest. A key is the first entry under its digest itself, whose {@link Entry#next} leads to the
     * others. When another one becomes the first, the map has neither for an instant: a look-up that comes then is a miss.
     */
    private final List<Map<Digest, Entry>> shards = new ArrayList<>(Digest.SHARDS);

    private final Sieve order = new Sieve();
    private long octets;
    private long count;

    EntryIndex() {
        for (int i = 0; i < Digest.SHARDS; i++) {
            shards.add(new ConcurrentHashMap<>());
        }
    }

    boolean contains(Digest digest) {
        return first(digest) != null;
    }

    /** The entries under a digest, the newest first. */
    List<Entry> find(Digest digest) {
        Entry first = first(digest);
        if (first == null) {
            return List.of();
        }
        List<Entry> entries = new ArrayList<>(1);
        for (Entry entry = first; entry != null; entry = entry.next) {
            entries.add(entry);
        }
        return entries;
    }

    /** The entry with an id under a digest, or null. */
    @Nullable
    Entry find(Digest digest, long id) {
        Entry entry = first(digest);
        while (entry != null && entry.id() != id) {
            entry = entry.next;
        }
        return entry;
    }

    private @Nullable Entry first(Digest digest) {
        return shards.get(digest.shard()).get(digest);
    }

    /** The entries of a shard. */
    List<Entry> inShard(int shard) {
        List<Entry> entries = new ArrayList<>();
        for (Entry first : shards.get(shard).values()) {
            for (Entry entry = first; entry != null; entry = entry.next) {
                entries.add(entry);
            }
        }
        return entries;
    }

    /** Adds an entry in place of one with its digest and id. */
    synchronized void add(Entry entry) {
        Entry same = find(entry, entry.id());
        if (same != null) {
            remove(same);
        }
        Map<Digest, Entry> shard = shards.get(entry.shard());
        entry.next = shard.remove(entry);
        shard.put(entry, entry);
        order.add(entry);
        octets += entry.size();
        count++;
    }

    /** Adds an entry unless there is one with its digest and id. */
    synchronized void addIfAbsent(Entry entry) {
        if (find(entry, entry.id()) == null) {
            add(entry);
        }
    }

    /** Removes an entry, this very one; false if it is not there any more. */
    synchronized boolean remove(Entry entry) {
        if (!unlink(entry)) {
            return false;
        }
        order.remove(entry);
        octets -= entry.size();
        count--;
        return true;
    }

    private boolean unlink(Entry entry) {
        Map<Digest, Entry> shard = shards.get(entry.shard());
        Entry before = shard.get(entry);
        Entry after = entry.next;
        if (entry.is(before)) {
            shard.remove(entry);
            if (after != null) {
                shard.put(after, after);
            }
            return true;
        }
        while (before != null && !entry.is(before.next)) {
            before = before.next;
        }
        if (before == null) {
            return false;
        }
        before.next = after;
        return true;
    }

    /** Changes the octets that the files of an entry take. */
    synchronized void grow(Entry entry, long by) {
        entry.grow(by);
        if (entry.is(find(entry, entry.id()))) {
            octets += by;
        }
    }

    /** Removes and returns the entry to go next while there are more octets than a limit; null if there are not. */
    synchronized @Nullable Entry evict(long limit) {
        Entry victim = octets > limit ? order.victim() : null;
        if (victim != null) {
            remove(victim);
        }
        return victim;
    }

    /** Orders the entries by when they were stored. */
    synchronized void sort() {
        order.sort();
    }

    /** The octets that the files of all entries take. */
    synchronized long octets() {
        return octets;
    }

    synchronized long count() {
        return count;
    }
}
