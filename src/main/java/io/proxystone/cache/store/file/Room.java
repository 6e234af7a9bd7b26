package io.proxystone.cache.store.file;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** The octets a store may take on the disk. Entries go to make room for those that are being written. */
final class Room {
    /** Of what the entries take, the part that goes when the disk is full before the store is. */
    private static final int PART = 100;

    private final long capacity;
    private final EntryIndex index;
    private final Entries entries;
    private final Disk disk;
    private final Counts counts;
    private final AtomicLong written = new AtomicLong();
    private final AtomicBoolean making = new AtomicBoolean();

    Room(long capacity, EntryIndex index, Entries entries, Disk disk, Counts counts) {
        this.capacity = capacity;
        this.index = index;
        this.entries = entries;
        this.disk = disk;
        this.counts = counts;
    }

    /** Takes room for octets that are being written; false if they would not fit even without any entry. */
    boolean take(long octets) {
        if (written.addAndGet(octets) > capacity) {
            give(octets);
            return false;
        }
        make();
        return true;
    }

    /** Ends what was taken: the octets are those of an entry now, or are not there any more. */
    void give(long octets) {
        written.addAndGet(-octets);
    }

    /** Has entries go if all octets together are too many. */
    void make() {
        if (index.octets() + written.get() > capacity && making.compareAndSet(false, true)) {
            disk.writers().execute(this::evict);
        }
    }

    private void evict() {
        // Whoever adds something from now on asks again.
        making.set(false);
        while (entries.evict(capacity - written.get())) {
            counts.evicted(1);
        }
    }

    /** Has a part of the entries go. */
    void shrink() {
        long octets = index.octets();
        long limit = octets - octets / PART - 1;
        while (octets > 0 && entries.evict(limit)) {
            counts.evicted(1);
        }
    }
}
