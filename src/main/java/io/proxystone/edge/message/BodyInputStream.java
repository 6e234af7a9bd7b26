package io.proxystone.edge.message;

import io.netty.buffer.ByteBuf;
import io.proxystone.http.Fields;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Streaming content as an input stream that waits for it, for threads that may wait. */
public final class BodyInputStream extends InputStream implements BodySink {
    private static final int MAX_WAITING = 256 * 1024;

    /** What the loop tells the reader: a piece, or the end with its trailers or its cause. */
    private record Event(
            @Nullable ByteBuf piece,
            Fields trailers,
            @Nullable Throwable failure) {}

    private final StreamBody body;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private @Nullable ByteBuf current;
    private @Nullable Event last;
    private volatile boolean closed;

    BodyInputStream(StreamBody body) {
        this.body = body;
    }

    @Override
    public boolean accept(ByteBuf piece) {
        if (closed) {
            piece.release();
            return true;
        }
        int sum = waiting.addAndGet(piece.readableBytes());
        events.add(new Event(piece, Fields.EMPTY, null));
        return sum < MAX_WAITING;
    }

    @Override
    public void end(Fields trailers) {
        events.add(new Event(null, trailers, null));
    }

    @Override
    public void fail(Throwable cause) {
        events.add(new Event(null, Fields.EMPTY, cause));
    }

    @Override
    public int read() throws IOException {
        ByteBuf piece = nextPiece();
        return piece == null ? -1 : piece.readByte() & 0xff;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        ByteBuf piece = nextPiece();
        if (piece == null) {
            return -1;
        }
        int count = Math.min(length, piece.readableBytes());
        piece.readBytes(target, from, count);
        return count;
    }

    @Override
    public int available() {
        ByteBuf piece = current;
        return piece == null ? 0 : piece.readableBytes();
    }

    /** The trailer section, once the stream has been read to its end. */
    Fields trailers() {
        return last == null ? Fields.EMPTY : last.trailers();
    }

    private @Nullable ByteBuf nextPiece() throws IOException {
        while (last == null) {
            if (current != null && current.isReadable()) {
                return current;
            }
            releaseCurrent();
            Event event = take();
            if (event.piece() == null) {
                last = event;
                break;
            }
            current = event.piece();
            int size = current.readableBytes();
            int before = waiting.getAndAdd(-size);
            if (before >= MAX_WAITING && before - size < MAX_WAITING) {
                body.resume();
            }
        }
        Throwable failure = last == null ? null : last.failure();
        if (failure != null) {
            throw new IOException("The content did not arrive whole", failure);
        }
        return null;
    }

    private Event take() throws IOException {
        if (closed) {
            throw new IOException("The stream is closed");
        }
        try {
            return events.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while waiting for content", e);
        }
    }

    @Override
    public void close() {
        closed = true;
        releaseCurrent();
        for (Event event = events.poll(); event != null; event = events.poll()) {
            if (event.piece() != null) {
                event.piece().release();
            }
        }
        body.cancel();
    }

    private void releaseCurrent() {
        if (current != null) {
            current.release();
            current = null;
        }
    }
}
