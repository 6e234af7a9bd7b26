package io.proxystone.edge.loop;

import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns of an event loop that stands still because something on it waits, such as a bean of the user, and all its connections
 * with it. The warning shows what the loop is doing at that moment.
 */
public final class StallWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StallWatch.class);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration SILENCE = Duration.ofSeconds(10);
    private static final int LOOKS_PER_PATIENCE = 4;
    private static final int MAX_FRAMES = 40;

    private final List<Loop> loops;
    private final long patience;
    private final long silence;
    private final IdentityHashMap<Loop, Long> warned = new IdentityHashMap<>();
    private final ScheduledExecutorService clock;
    private long lastLook = System.nanoTime();

    public StallWatch(EventLoops loops) {
        this(loops, PATIENCE, SILENCE);
    }

    /**
     * Starts to watch.
     *
     * @param patience how long a loop may stand still
     * @param silence how long nothing more is said of a loop after a warning
     */
    StallWatch(EventLoops loops, Duration patience, Duration silence) {
        this.loops = loops.all();
        this.patience = patience.toNanos();
        this.silence = silence.toNanos();
        clock = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "stall-watch");
            thread.setDaemon(true);
            return thread;
        });
        long period = this.patience / LOOKS_PER_PATIENCE;
        clock.scheduleWithFixedDelay(this::look, period, period, TimeUnit.NANOSECONDS);
    }

    private void look() {
        long now = System.nanoTime();
        boolean processStoodStill = now - lastLook > patience;
        lastLook = now;
        if (processStoodStill) {
            return;
        }
        for (Loop loop : loops) {
            long stalled = now - loop.deadlines().lastTick();
            Long last = warned.get(loop);
            if (stalled > patience && (last == null || now - last > silence)) {
                warned.put(loop, now);
                warn(loop, stalled);
            }
        }
    }

    private static void warn(Loop loop, long stalled) {
        Thread thread = loop.thread;
        if (thread != null) {
            LOG.atWarn()
                    .addKeyValue("loop", thread.getName())
                    .addKeyValue("millis", TimeUnit.NANOSECONDS.toMillis(stalled))
                    .log(
                            "An event loop stands still, and its connections wait. Put the step 'threads' before what blocks it:{}",
                            stackOf(thread));
        }
    }

    private static String stackOf(Thread thread) {
        StringBuilder text = new StringBuilder();
        StackTraceElement[] frames = thread.getStackTrace();
        for (int i = 0; i < Math.min(frames.length, MAX_FRAMES); i++) {
            text.append("\n\tat ").append(frames[i]);
        }
        return text.toString();
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
