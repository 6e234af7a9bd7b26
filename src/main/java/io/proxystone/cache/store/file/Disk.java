package io.proxystone.cache.store.file;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads that wait for a store's files, and a lane for each of its shards. */
final class Disk implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Disk.class);

    /** How many tasks wait when it takes so long that a look-up is not worth it. */
    private static final int OVERLOAD = 1024;

    private static final long IDLE_SECONDS = 30;
    private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final AtomicInteger started = new AtomicInteger();
    private final AtomicInteger unfinished = new AtomicInteger();
    private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final ThreadPoolExecutor threads;
    private final List<Lane> lanes = new ArrayList<>(Digest.SHARDS);
    private volatile boolean closed;

    Disk(int threads) {
        this.threads = new ThreadPoolExecutor(threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, tasks, this::thread);
        // So nobody has to end them: a task that comes while the store closes still finds one.
        this.threads.allowCoreThreadTimeOut(true);
        for (int i = 0; i < Digest.SHARDS; i++) {
            lanes.add(new Lane(this));
        }
    }

    private Thread thread(Runnable task) {
        Thread thread = new Thread(task, "file-store-" + started.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    /** What changes the files of a shard, in order. */
    Lane lane(int shard) {
        return lanes.get(shard);
    }

    /** Has a task run at some time. From any thread, which does not wait. */
    void execute(Runnable task) {
        unfinished.incrementAndGet();
        threads.execute(() -> {
            try {
                run(task);
            } finally {
                finish();
            }
        });
    }

    /** Runs a task now. What it throws is a mistake in this program, and no reason not to run the next one. */
    void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.atError().setCause(e).log("A task of the file store failed");
        }
    }

    private void finish() {
        if (unfinished.decrementAndGet() == 0 && closed) {
            synchronized (this) {
                notifyAll();
            }
        }
    }

    /** Whether so much waits for the disk that a look-up had better be a miss. */
    boolean isOverloaded() {
        return tasks.size() > OVERLOAD;
    }

    /** Whether nothing new should be begun. */
    boolean isClosed() {
        return closed;
    }

    /** Waits a while until everything has run. */
    @Override
    public synchronized void close() {
        closed = true;
        long end = System.nanoTime() + CLOSE_NANOS;
        try {
            for (long left = CLOSE_NANOS; unfinished.get() > 0 && left > 0; left = end - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
