package io.proxystone.upstream.netty;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** The bound on an upstream's connections over all event loops. A pool that finds it used up is called when one ends. */
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

    /** Has a pool called once when a permit comes free. */
    void await(ConnectionPool pool) {
        waiting.add(pool);
        if (free.get() > 0) {
            wakeOne();
        }
    }

    /** Whether a pool, on whatever loop, waits for a connection to end. */
    boolean isAwaited() {
        return !waiting.isEmpty();
    }

    void release() {
        free.incrementAndGet();
        wakeOne();
    }

    private void wakeOne() {
        ConnectionPool pool = waiting.poll();
        if (pool != null) {
            pool.permitFreed();
        }
    }
}
