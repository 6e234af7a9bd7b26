package io.proxystone.cache.store.file;

import io.proxystone.cache.CacheSettings.Files.Fsync;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Where and how responses are stored in files.
 *
 * @param directory the directory of the store, which nothing else uses; it is made if it is not there
 * @param size the octets its files may take, those that are still being written included
 * @param maxEntry the largest content that is stored, in octets
 * @param fsync when what is written must have reached the medium
 * @param threads the threads that read files, and those that change them: as many again
 * @param backlog the octets that may wait to be written; when there are more, further responses are not stored
 * @param timeout how long a look-up may take; then it has found nothing
 */
public record FileStoreSettings(
        Path directory, long size, long maxEntry, Fsync fsync, int threads, long backlog, Duration timeout) {
    private static final long DEFAULT_SIZE = 10L << 30;
    private static final long DEFAULT_MAX_ENTRY = 2L << 30;
    private static final int DEFAULT_THREADS = 4;
    private static final int MOST_THREADS = 64;
    private static final long DEFAULT_BACKLOG = 64L << 20;
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(2);

    public FileStoreSettings {
        if (size < 1) {
            throw new IllegalArgumentException("size is " + size + "; at least 1 is allowed");
        }
        if (maxEntry < 1 || maxEntry > size) {
            throw new IllegalArgumentException(
                    "max-entry is " + maxEntry + "; allowed: at least 1, and at most size, which is " + size);
        }
        if (threads < 1 || threads > MOST_THREADS) {
            throw new IllegalArgumentException("threads is " + threads + "; 1 to " + MOST_THREADS + " are allowed");
        }
        if (backlog < Blocks.SIZE) {
            throw new IllegalArgumentException("backlog is " + backlog + "; at least " + Blocks.SIZE + " is allowed");
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout is " + timeout + "; it must be more than 0");
        }
    }

    /** Default settings for a directory. */
    public static FileStoreSettings of(Path directory) {
        return of(directory, DEFAULT_SIZE);
    }

    /** Default settings for a directory and a size. */
    public static FileStoreSettings of(Path directory, long size) {
        return new FileStoreSettings(
                directory,
                size,
                Math.min(size, DEFAULT_MAX_ENTRY),
                Fsync.NONE,
                DEFAULT_THREADS,
                DEFAULT_BACKLOG,
                DEFAULT_TIMEOUT);
    }
}
