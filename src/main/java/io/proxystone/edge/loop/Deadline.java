package io.proxystone.edge.loop;

import java.time.Duration;

/** A time on an event loop after which something happens, unless it is moved or cleared before. */
public final class Deadline {
    private final Deadlines deadlines;
    private final Runnable action;
    private boolean set;
    private long time;
    int index = -1;

    /** A deadline that is not set yet; {@code action} runs on the loop of the deadlines. */
    public Deadline(Deadlines deadlines, Runnable action) {
        this.deadlines = deadlines;
        this.action = action;
    }

    /** Sets or moves the deadline; a zero duration clears it, since no timeout is what zero means in settings. */
    public void in(Duration duration) {
        if (duration.isZero()) {
            clear();
            return;
        }
        time = System.nanoTime() + duration.toNanos();
        set = true;
        if (index < 0) {
            deadlines.add(this);
        }
    }

    /** Takes the time off; the place among the deadlines is kept for the next time. */
    public void clear() {
        set = false;
    }

    /** Ends the deadline for good. */
    public void close() {
        set = false;
        if (index >= 0) {
            deadlines.remove(this);
        }
    }

    boolean isOver(long now) {
        return set && now - time >= 0;
    }

    void expire() {
        set = false;
        action.run();
    }
}
