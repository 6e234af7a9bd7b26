package io.proxystone.cache.store.file;

import org.jspecify.annotations.Nullable;

/**
 * A stored response as the index knows it. There may be millions, so one is a single object of 64 octets: it is its own key in
 * the index, and has the links of the lists it is in.
 */
final class Entry extends Digest {
    private final long id;
    private final int stored;

    /** The octets its files take; the index changes it. */
    private long size;

    private volatile boolean freshened;
    private volatile boolean visited;
    private volatile boolean listed;

    /** The next one under the same digest; it belongs to the index. */
    volatile @Nullable Entry next;

    /** Its neighbours in the order of eviction, to which they belong. */
    @Nullable
    Entry newer;

    @Nullable
    Entry older;

    /**
     * @param stored when, in seconds since 1970
     * @param freshened whether it has a newer head beside it
     */
    Entry(Digest digest, long id, long size, long stored, boolean freshened) {
        super(digest);
        this.id = id;
        this.size = size;
        this.stored = (int) stored;
        this.freshened = freshened;
        // It was asked for again after its time had passed: the best sign there is of what a restart forgets.
        this.visited = freshened;
    }

    long id() {
        return id;
    }

    /** Whether it is this very entry; those under one digest are equal. */
    @SuppressWarnings("ReferenceEquality")
    boolean is(@Nullable Entry other) {
        return this == other;
    }

    /** When it was stored, in seconds since 1970. */
    long stored() {
        return Integer.toUnsignedLong(stored);
    }

    long size() {
        return size;
    }

    void grow(long octets) {
        size += octets;
    }

    /** Whether its head is in a file of its own. */
    boolean isFreshened() {
        return freshened;
    }

    void freshen() {
        freshened = true;
    }

    /** Notes that it was found in a directory rather than written by this process. */
    Entry markListed() {
        listed = true;
        return this;
    }

    boolean isListed() {
        return listed;
    }

    /** Whether it was asked for since it was last spared. */
    boolean isVisited() {
        return visited;
    }

    void visit() {
        if (!visited) {
            visited = true;
        }
    }

    void spare() {
        visited = false;
    }
}
