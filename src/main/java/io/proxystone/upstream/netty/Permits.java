package io.proxystone.upstream.netty;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The bound on an upstream's connections over all event loops. A pool that finds it used up queues, and is called in its
 * turn when a connection ends.
 */
final class Permits {
    private final AtomicInteger free;
    private final Queue<ConnectionPool> waiting = new ConcurrentLinkedQueue<>();

    Permits(int permits) {
        free = new AtomicInteger(permits);
    }

    boolean tryAcquire() {
        for (int now = free.get(); now > 0; now = free.get()) {
            if (free.compareAndSet(now, now - 1)) {
                return true;
            }
        }
        return false;
    }

    /** Has a pool called once when a permit comes free. A pool queues once at a time. */
    void await(ConnectionPool pool) {
        waiting.add(pool);
        passOn();
    }

    /** Takes a pool out of the queue. */
    void cancel(ConnectionPool pool) {
        waiting.remove(pool);
    }

    /** Whether a pool, on whatever loop, waits for a connection to end. */
    boolean isAwaited() {
        return !waiting.isEmpty();
    }

    /** Whether a request of another pool has waited since a time before this one. */
    boolean isAwaitedSince(long nanos, ConnectionPool asking) {
        for (ConnectionPool pool : waiting) {
            if (pool != asking && pool.hasWaitedSince(nanos)) {
                return true;
            }
        }
        return false;
    }

    void release() {
        free.incrementAndGet();
        passOn();
    }

    /** Calls the next pool if there is a permit for it; one that was called and needs none any more does this. */
    void passOn() {
        if (free.get() > 0) {
            ConnectionPool pool = waiting.poll();
            if (pool != null) {
                pool.permitFreed();
            }
        }
    }
}
