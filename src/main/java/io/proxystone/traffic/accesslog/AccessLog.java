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

    // What only the writer's thread uses.
    private final AccessLogLine line = new AccessLogLine();
    private @Nullable OutputStream out;
    private int unflushed;
    private boolean failing;

    /**
     * Opens the log.
     *
     * @throws IOException if the file cannot be opened for appending
     */
    public AccessLog(AccessLogSettings settings) throws IOException {
        this.settings = settings;
        this.queue = new MpscArrayQueue<>(Math.max(2, settings.queue()));
        if (settings.enabled()) {
            try {
                open(settings).close();
            } catch (IOException e) {
                throw new IOException("The access log " + settings.file() + " cannot be opened: " + e, e);
            }
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
        boolean last;
        do {
            last = closed;
            try {
                write(settings);
            } catch (IOException | RuntimeException e) {
                lose(settings, e);
            }
            if (!last) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } while (!last);
        closeFile();
    }

    private void write(AccessLogSettings current) throws IOException {
        if (reopen.getAndSet(false)) {
            closeFile();
        }
        for (RequestRecord record = queue.poll(); record != null; record = queue.poll()) {
            unflushed++;
            OutputStream file = out;
            if (file == null) {
                file = open(current);
                out = file;
            }
            file.write(line.format(record, current.format()).getBytes(StandardCharsets.UTF_8));
        }
        if (out != null && unflushed > 0) {
            out.flush();
            unflushed = 0;
            if (failing) {
                LOG.atInfo().addKeyValue("file", current.file()).log("Access log is written again");
            }
            failing = false;
        }
    }

    private void lose(AccessLogSettings current, Exception cause) {
        if (!failing) {
            LOG.atError()
                    .addKeyValue("file", current.file())
                    .log("Access log cannot be written, lines are lost: {}", String.valueOf(cause));
        }
        failing = true;
        dropped.addAndGet(unflushed);
        unflushed = 0;
        closeFile();
    }

    private void closeFile() {
        OutputStream file = out;
        out = null;
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                // What it could not write has been counted as lost.
                LOG.atDebug().log("Access log could not be closed: {}", e.getMessage());
            }
        }
    }

    private static OutputStream open(AccessLogSettings settings) throws IOException {
        if (settings.file().equals(AccessLogSettings.STDOUT)) {
            return new StandardOutput();
        }
        Path file = Path.of(settings.file()).toAbsolutePath();
        if (file.getParent() != null) {
            Files.createDirectories(file.getParent());
        }
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
