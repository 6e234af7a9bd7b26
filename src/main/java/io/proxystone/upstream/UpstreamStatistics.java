package io.proxystone.upstream;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What happened to an upstream's connections so far. */
public final class UpstreamStatistics {
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger active = new AtomicInteger();
    private final LongAdder opened = new LongAdder();
    private final LongAdder reused = new LongAdder();
    private final LongAdder retried = new LongAdder();
    private final LongAdder failures = new LongAdder();

    public void opened() {
        open.incrementAndGet();
        opened.increment();
    }

    public void closed() {
        open.decrementAndGet();
    }

    public void reused() {
        reused.increment();
    }

    public void retried() {
        retried.increment();
    }

    public void started() {
        active.incrementAndGet();
    }

    public void ended() {
        active.decrementAndGet();
    }

    public void failed() {
        failures.increment();
    }

    /** Connections open now. */
    public int openConnections() {
        return open.get();
    }

    /** Requests under way now. */
    public int activeRequests() {
        return active.get();
    }

    /** Connections opened so far. */
    public long openedConnections() {
        return opened.sum();
    }

    /** Requests that found a connection waiting for them. */
    public long reusedConnections() {
        return reused.sum();
    }

    /** Requests sent again because a waiting connection turned out to be closed. */
    public long retriedRequests() {
        return retried.sum();
    }

    /** Requests the origin did not answer as it should. */
    public long failedRequests() {
        return failures.sum();
    }
}
