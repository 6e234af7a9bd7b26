package io.proxystone.edge.message;

import io.netty.buffer.ByteBuf;
import io.proxystone.edge.loop.Loop;
import io.proxystone.http.Fields;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * Content on its way: pieces pass from a connection to one reader as they arrive, and the connection is read only as fast
 * as the reader takes them. The connection calls the methods marked so on the body's loop.
 */
public final class StreamBody extends Body {

    /** The connection or stream that content comes from. */
    public interface Source {

        /** Content is wanted, or must wait. */
        void demand(boolean wanted);

        /** The rest of the content is of no use to anybody. */
        void cancel();
    }

    private final Loop loop;
    private final long size;
    private final Source source;
    private final AtomicBoolean claimed = new AtomicBoolean();
    private final Queue<ByteBuf> waiting = new ArrayDeque<>(4);

    private volatile @Nullable BufferedBody collected;
    private @Nullable BodySink sink;
    private boolean sourceStopped;
    private boolean sinkFull;
    private @Nullable Fields trailers;
    private @Nullable Throwable failure;
    private boolean over;

    /**
     * @param size the octets that will come, or {@link #UNKNOWN}
     * @param source where they come from
     * @param sourceStopped whether the source waits for {@link Source#demand} before it brings anything
     */
    public StreamBody(Loop loop, long size, Source source, boolean sourceStopped) {
        this.loop = loop;
        this.size = size;
        this.source = source;
        this.sourceStopped = sourceStopped;
    }

    /** Brings a piece, which the body releases. For the source. */
    public void offer(ByteBuf piece) {
        BodySink reader = sink;
        if (over) {
            piece.release();
        } else if (reader == null || sinkFull) {
            waiting.add(piece);
            stopSource();
        } else if (!reader.accept(piece) && !over) {
            sinkFull = true;
            stopSource();
        }
    }

    /** Tells that nothing more has arrived for now. For the source. */
    public void flush() {
        if (sink != null && !over) {
            sink.flush();
        }
    }

    /** Tells that the content is complete. For the source. */
    public void end(Fields trailerFields) {
        trailers = trailerFields;
        BodySink reader = sink;
        if (reader == null || over) {
            return;
        }
        if (waiting.isEmpty()) {
            over = true;
            reader.end(trailerFields);
        } else {
            // The source flushes no more, and a full sink takes what waits only after what it has is on its way.
            reader.flush();
        }
    }

    /** Tells that the content will not be complete. For the source. */
    public void fail(Throwable cause) {
        if (over || trailers != null) {
            return;
        }
        failure = cause;
        if (sink != null) {
            over = true;
            releaseWaiting();
            sink.fail(cause);
        }
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void readTo(BodySink reader, Loop readerLoop) {
        BufferedBody whole = collected;
        if (whole != null) {
            whole.readTo(reader, readerLoop);
            return;
        }
        if (!claimed.compareAndSet(false, true)) {
            throw new IllegalStateException("The body streams and has been read already");
        }
        BodySink near = readerLoop == loop ? reader : new DistantSink(reader, readerLoop, this);
        loop.execute(() -> start(near));
    }

    private void start(BodySink reader) {
        sink = reader;
        proceed();
    }

    /** Lets more content come after {@link BodySink#accept} returned false. From any thread. */
    public void resume() {
        loop.execute(this::proceed);
    }

    private void proceed() {
        BodySink reader = sink;
        if (reader == null || over) {
            return;
        }
        sinkFull = false;
        while (!sinkFull && !waiting.isEmpty()) {
            sinkFull = !reader.accept(waiting.remove());
            if (over) {
                return;
            }
        }
        boolean delivered = waiting.isEmpty();
        if (delivered && failure != null) {
            over = true;
            reader.fail(failure);
        } else if (delivered && trailers != null) {
            over = true;
            reader.end(trailers);
        } else {
            // Also when the sink is full: it takes more only after what it has is on its way.
            reader.flush();
            if (!sinkFull && !over) {
                startSource();
            }
        }
    }

    /** Gives up the rest; the reader hears no more. From any thread. */
    public void cancel() {
        loop.execute(() -> {
            if (over) {
                return;
            }
            over = true;
            releaseWaiting();
            if (trailers == null && failure == null) {
                source.cancel();
            }
        });
    }

    @Override
    public void discard() {
        if (claimed.compareAndSet(false, true)) {
            cancel();
        }
    }

    @Override
    public boolean isReadable() {
        return collected != null || !claimed.get();
    }

    @Override
    public BufferedBody buffered() throws IOException {
        BufferedBody whole = collected;
        if (whole == null) {
            try (BodyInputStream in = inputStream()) {
                whole = new BufferedBody(in.readAllBytes(), in.trailers());
            }
            collected = whole;
        }
        return whole;
    }

    /**
     * The content as a stream that waits for it.
     *
     * @throws BodyNotBufferedException on an event loop
     */
    public BodyInputStream inputStream() {
        if (Loop.current() != null) {
            throw new BodyNotBufferedException();
        }
        BodyInputStream in = new BodyInputStream(this);
        readTo(in, loop);
        return in;
    }

    /** The content for a converter: what is in memory already, or a stream that waits. */
    InputStream read() {
        BufferedBody whole = collected;
        return whole != null ? whole.inputStream() : inputStream();
    }

    /** A stand-in for steps that run beside the flow, since the content belongs to the flow. */
    @Override
    public Body copy(Exchange exchange) {
        BufferedBody whole = collected;
        return whole != null ? whole : new ElsewhereBody(size);
    }

    @Override
    public boolean inMemory() {
        return collected != null;
    }

    @Override
    public String toString() {
        return size == UNKNOWN ? "StreamBody" : "StreamBody[" + size + "]";
    }

    private void stopSource() {
        if (!sourceStopped && trailers == null) {
            sourceStopped = true;
            source.demand(false);
        }
    }

    private void startSource() {
        if (sourceStopped) {
            sourceStopped = false;
            source.demand(true);
        }
    }

    private void releaseWaiting() {
        for (ByteBuf piece = waiting.poll(); piece != null; piece = waiting.poll()) {
            piece.release();
        }
    }
}
