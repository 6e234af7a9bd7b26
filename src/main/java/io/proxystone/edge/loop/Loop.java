package io.proxystone.edge.loop;

import io.netty.util.concurrent.EventExecutor;
import io.proxystone.http.HeadWriter;
import io.proxystone.http.HttpDate;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One event loop and what its connections share without locks. Everything but {@link #execute} is for its own thread. */
public final class Loop {
    private static final int SCRATCH_SIZE = 4096;

    private final EventExecutor executor;
    private final Deadlines deadlines;
    private final HeadWriter headWriter = new HeadWriter(SCRATCH_SIZE);
    private final byte[] scratch = new byte[SCRATCH_SIZE];
    private final SplittableRandom random = new SplittableRandom();
    volatile @Nullable Thread thread;
    private long dateSecond;
    private String date = "";

    Loop(EventExecutor executor) {
        this.executor = executor;
        this.deadlines = new Deadlines(executor);
    }

    /** The loop whose thread the caller is, or null for any other thread. */
    public static @Nullable Loop current() {
        return Thread.currentThread() instanceof LoopThread thread ? thread.loop : null;
    }

    public EventExecutor executor() {
        return executor;
    }

    public boolean isCurrent() {
        return executor.inEventLoop();
    }

    /** Runs a task on this loop: now if the caller is on it, else when the loop gets to it. */
    public void execute(Runnable task) {
        if (executor.inEventLoop()) {
            task.run();
        } else {
            executor.execute(task);
        }
    }

    public Deadlines deadlines() {
        return deadlines;
    }

    /** A writer for the head being written right now. */
    public HeadWriter headWriter() {
        return headWriter.reset();
    }

    /** An array for octets looked at right now. */
    public byte[] scratch() {
        return scratch;
    }

    public RandomGenerator random() {
        return random;
    }

    /** The current time as the value of a Date field. */
    public String date() {
        long second = System.currentTimeMillis() / 1000;
        if (second != dateSecond) {
            dateSecond = second;
            date = HttpDate.format(Instant.ofEpochSecond(second));
        }
        return date;
    }
}
