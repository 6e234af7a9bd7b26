package io.proxystone.cache.store.file;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Tasks that run one after the other, in the order they were given, on some threads. */
final class Lane {
    /** How many tasks run before other lanes have their turn. */
    private static final int TURN = 4;

    private final DiskThreads threads;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();

    Lane(DiskThreads threads) {
        this.threads = threads;
    }

    /** Has a task run behind those given before. From any thread, which does not wait. */
    void execute(Runnable task) {
        tasks.add(task);
        if (waiting.getAndIncrement() == 0) {
            threads.execute(this::run);
        }
    }

    private void run() {
        int turn = Math.min(TURN, waiting.get());
        for (int i = 0; i < turn; i++) {
            Runnable task = tasks.poll();
            if (task != null) {
                threads.run(task);
            }
        }
        if (waiting.addAndGet(-turn) > 0) {
            threads.execute(this::run);
        }
    }
}
