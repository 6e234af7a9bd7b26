package io.proxystone.cache.store.file;

import java.util.concurrent.atomic.AtomicLong;

/** The octets that wait to be written, no more than a limit: a disk that hangs must not fill the memory. */
final class Backlog {
    /** What counts for a head. */
    static final int HEAD = 4 * 1024;

    private final long limit;
    private final AtomicLong octets = new AtomicLong();

    Backlog(long limit) {
        this.limit = limit;
    }

    /** Lets some octets wait, unless there would be too many. */
    boolean take(int more) {
        if (octets.addAndGet(more) <= limit) {
            return true;
        }
        octets.addAndGet(-more);
        return false;
    }

    /** Ends the waiting of some octets. */
    void give(int done) {
        octets.addAndGet(-done);
    }
}
