package io.proxystone.cache.store.file;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what a store could not do and logs why. A disk that is broken fails everything: of its failures one every half minute
 * is logged, with the number left out. After one in writing, nothing is written for a second.
 */
final class DiskFailures {
    private static final Logger LOG = LoggerFactory.getLogger(DiskFailures.class);
    private static final long LOG_INTERVAL = TimeUnit.SECONDS.toNanos(30);
    private static final long REST = TimeUnit.SECONDS.toNanos(1);

    private final Path directory;
    private final LongSupplier nanoTime;
    private final LongAdder count = new LongAdder();
    private final AtomicLong leftOut = new AtomicLong();
    private final AtomicLong nextLog;
    private final AtomicLong restUntil;

    DiskFailures(Path directory, LongSupplier nanoTime) {
        this.directory = directory;
        this.nanoTime = nanoTime;
        this.nextLog = new AtomicLong(nanoTime.getAsLong());
        this.restUntil = new AtomicLong(nanoTime.getAsLong());
    }

    /** Counts and reports that something failed. */
    void report(String action, Path file, Exception cause) {
        count.increment();
        long now = nanoTime.getAsLong();
        long next = nextLog.get();
        if (now - next < 0 || !nextLog.compareAndSet(next, now + LOG_INTERVAL)) {
            leftOut.incrementAndGet();
            return;
        }
        LOG.atWarn()
                .addKeyValue("directory", directory)
                .addKeyValue("file", file.getFileName())
                .addKeyValue("leftOut", leftOut.getAndSet(0))
                .log("File store cannot {}: {}", action, cause.toString());
    }

    /**
     * Counts and reports that a file could not be written.
     *
     * @return whether it is the first in a while
     */
    boolean reportWrite(Path file, Exception cause) {
        boolean first = !isResting();
        restUntil.set(nanoTime.getAsLong() + REST);
        report("write", file, cause);
        return first;
    }

    /** Counts a response that is not stored, or a look-up that has found nothing, because the disk is too slow or broken. */
    void countRefusal() {
        count.increment();
    }

    /** Whether writing has failed so lately that it is not worth trying. */
    boolean isResting() {
        return nanoTime.getAsLong() - restUntil.get() < 0;
    }

    long count() {
        return count.sum();
    }
}
