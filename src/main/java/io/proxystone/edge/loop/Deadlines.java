package io.proxystone.edge.loop;

import io.netty.util.concurrent.EventExecutor;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The deadlines of one event loop. Setting one writes a field; every {@link #TICK_MILLIS} a sweep looks at all of them, so
 * that a request pays nothing for the timeouts it does not meet. Times are {@link System#nanoTime}.
 */
public final class Deadlines {
    /** How late a deadline may be noticed. */
    public static final int TICK_MILLIS = 50;

    private static final int INITIAL_CAPACITY = 64;

    private @Nullable Deadline[] entries = new @Nullable Deadline[INITIAL_CAPACITY];
    private int size;
    private volatile long lastTick = System.nanoTime();
    private volatile long lagNanos;

    Deadlines(EventExecutor executor) {
        executor.scheduleAtFixedRate(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** How late the loop's latest tick came: the time it was busy with something else, in nanoseconds. */
    public long lagNanos() {
        return lagNanos;
    }

    /** When the loop's latest tick came. From any thread. */
    long lastTick() {
        return lastTick;
    }

    void add(Deadline deadline) {
        if (size == entries.length) {
            entries = Arrays.copyOf(entries, size * 2);
        }
        deadline.index = size;
        entries[size++] = deadline;
    }

    void remove(Deadline deadline) {
        int index = deadline.index;
        Deadline last = entries[--size];
        entries[size] = null;
        if (last != null && last != deadline) {
            entries[index] = last;
            last.index = index;
        }
        deadline.index = -1;
    }

    private void tick() {
        long now = System.nanoTime();
        lagNanos = Math.max(0, now - lastTick - TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS));
        lastTick = now;
        for (int i = size - 1; i >= 0; i--) {
            // An expiring deadline may remove itself and others, which moves the last entries forward.
            Deadline deadline = i < size ? entries[i] : null;
            if (deadline != null && deadline.isOver(now)) {
                deadline.expire();
            }
        }
    }
}
