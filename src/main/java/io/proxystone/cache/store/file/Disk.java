package io.proxystone.cache.store.file;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What waits for a store's files: threads that read, others that change, so that reading does not wait until something written
 * has reached the medium, and a lane for the changes in each shard.
 */
final class Disk implements AutoCloseable {
    private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final DiskThreads readers;
    private final DiskThreads writers;
    private final List<Lane> lanes = new ArrayList<>(Digest.SHARDS);
    private volatile boolean closed;

    Disk(int threads) {
        readers = new DiskThreads("file-store-read", threads);
        writers = new DiskThreads("file-store-write", threads);
        for (int i = 0; i < Digest.SHARDS; i++) {
            lanes.add(new Lane(writers));
        }
    }

    DiskThreads readers() {
        return readers;
    }

    DiskThreads writers() {
        return writers;
    }

    /** Where the files of a shard are changed, in order. */
    Lane lane(int shard) {
        return lanes.get(shard);
    }

    /** Whether nothing new should be begun. What was begun can be ended. */
    boolean isClosed() {
        return closed;
    }

    /** Waits a while until everything has run. */
    @Override
    public void close() {
        closed = true;
        long end = System.nanoTime() + CLOSE_NANOS;
        try {
            writers.awaitIdle(end);
            readers.awaitIdle(end);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
