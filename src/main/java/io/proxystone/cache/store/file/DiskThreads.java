package io.proxystone.cache.store.file;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads that may wait for files, a few of them. They end when there is nothing to do for a while; nobody has to end them, and
 * nobody interrupts them: an interrupted thread closes the file it reads for all others.
 */
final class DiskThreads {
    private static final Logger LOG = LoggerFactory.getLogger(DiskThreads.class);
    private static final long IDLE_SECONDS = 30;

    private final AtomicInteger started = new AtomicInteger();
    private final AtomicInteger unfinished = new AtomicInteger();
    private final ThreadPoolExecutor threads;
    private final String name;

    DiskThreads(String name, int count) {
        this.name = name;
        threads = new ThreadPoolExecutor(
                count, count, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), this::thread);
        threads.allowCoreThreadTimeOut(true);
    }

    private Thread thread(Runnable task) {
        Thread thread = new Thread(task, name + "-" + started.incrementAndGet());
        thread.setDaemon(true);
        return thread;
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
        if (unfinished.decrementAndGet() == 0) {
            synchronized (this) {
                notifyAll();
            }
        }
    }

    /** Waits until everything has run, but not beyond a time of {@link System#nanoTime}. */
    synchronized void awaitIdle(long end) throws InterruptedException {
        for (long left = end - System.nanoTime(); unfinished.get() > 0 && left > 0; left = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }
}
