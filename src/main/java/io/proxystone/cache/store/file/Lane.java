package io.proxystone.cache.store.file;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Tasks that run one after the other, in the order they were given, on the threads of a disk. */
final class Lane {
    /** How many tasks it runs before it lets others have the thread. */
    private static final int TURN = 16;

    private final Disk disk;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();

    Lane(Disk disk) {
        this.disk = disk;
    }

    /** Has a task run behind those given before. From any thread, which does not wait. */
    void execute(Runnable task) {
        tasks.add(task);
        if (waiting.getAndIncrement() == 0) {
            disk.execute(this::run);
        }
    }

    private void run() {
        int turn = Math.min(TURN, waiting.get());
        for (int i = 0; i < turn; i++) {
            Runnable task = tasks.poll();
            if (task != null) {
                disk.run(task);
            }
        }
        if (waiting.addAndGet(-turn) > 0) {
            disk.execute(this::run);
        }
    }
}
