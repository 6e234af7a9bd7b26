package io.proxystone.traffic.accesslog;

import io.proxystone.traffic.RequestObserver;
import io.proxystone.traffic.RequestRecord;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jctools.queues.MpscArrayQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes requests to a file or the standard output on a thread of its own. The event loops only put records into a bounded
 * queue; when that is full, lines are dropped and counted rather than waited for.
 */
public final class AccessLog implements RequestObserver, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);
    private static final int BUFFER = 64 * 1024;
    private static final long PAUSE_NANOS = 20_000_000;

    private final AtomicLong dropped = new AtomicLong();
    private final AtomicBoolean reopen = new AtomicBoolean();
    private final MpscArrayQueue<RequestRecord> queue;
    private final Thread writer;
    private volatile AccessLogSettings settings;
    private volatile boolean closed;

    /**
     * Opens the log.
     *
     * @throws IOException if the file cannot be opened for appending
     */
    public AccessLog(AccessLogSettings settings) throws IOException {
        this.settings = settings;
        this.queue = new MpscArrayQueue<>(Math.max(2, settings.queue()));
        if (settings.enabled()) {
            open(settings).close();
        }
        writer = new Thread(this::run, "access-log");
        writer.setDaemon(true);
        writer.start();
    }

    @Override
    public void requestEnded(RequestRecord request) {
        if (settings.enabled() && !queue.offer(request)) {
            dropped.incrementAndGet();
        }
    }

    /** The lines dropped so far because the disk was slower than the requests. */
    public long dropped() {
        return dropped.get();
    }

    /** Goes on with other settings; the size of the queue stays as it was at the start. */
    public void use(AccessLogSettings newSettings) {
        if (!newSettings.equals(settings)) {
            settings = newSettings;
            reopen();
        }
    }

    /** Closes the file and opens the one of that name again, which a log rotation may have moved away. */
    public void reopen() {
        reopen.set(true);
    }

    private void run() {
        AccessLogLine line = new AccessLogLine();
        @Nullable OutputStream out = null;
        boolean failing = false;
        while (true) {
            boolean last = closed;
            AccessLogSettings current = settings;
            try {
                if (reopen.getAndSet(false) && out != null) {
                    out.close();
                    out = null;
                }
                int written = 0;
                for (RequestRecord record = queue.poll(); record != null; record = queue.poll()) {
                    if (out == null) {
                        out = open(current);
                    }
                    out.write(line.format(record, current.format()).getBytes(StandardCharsets.UTF_8));
                    written++;
                }
                if (out != null && written > 0) {
                    out.flush();
                    failing = false;
                }
            } catch (IOException e) {
                if (!failing) {
                    LOG.atError()
                            .addKeyValue("file", current.file())
                            .log("Access log cannot be written, lines are lost: {}", e.getMessage());
                }
                dropped.incrementAndGet();
                failing = true;
                out = null;
            }
            if (last) {
                return;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static OutputStream open(AccessLogSettings settings) throws IOException {
        if (settings.file().equals(AccessLogSettings.STDOUT)) {
            return new StandardOutput();
        }
        Path file = Path.of(settings.file()).toAbsolutePath();
        Files.createDirectories(file.getParent());
        return new BufferedOutputStream(
                Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND), BUFFER);
    }

    /** The process's standard output, which stays open whoever stops writing to it. */
    private static final class StandardOutput extends BufferedOutputStream {
        StandardOutput() {
            super(new FileOutputStream(FileDescriptor.out), BUFFER);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }

    /** Writes what waits and ends. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(writer);
        try {
            writer.join(2000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
