package io.proxystone.edge;

import io.netty.buffer.ByteBuf;
import io.proxystone.edge.loop.Loop;
import io.proxystone.edge.message.Body;
import io.proxystone.edge.message.BodyMode;
import io.proxystone.edge.message.BufferedBody;
import io.proxystone.edge.message.ContentReader;
import io.proxystone.edge.message.RequestFailedException;
import io.proxystone.edge.message.StreamBody;
import io.proxystone.http.Fields;
import io.proxystone.http.ProblemType;
import io.proxystone.http.http1.Framing;
import io.proxystone.http.http1.MessageSyntaxException;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The content of one request on its way from the connection to the body its flow sees. */
final class RequestContent implements StreamBody.Source {
    /** The most content that is read and thrown away to keep a connection whose request nobody read to its end. */
    private static final int MAX_DISCARDED = 64 * 1024;

    private final ServerConnection connection;
    private final ContentReader reader;
    private final boolean buffering;
    private final int bufferBound;
    private final @Nullable StreamBody stream;

    private byte[] octets = new byte[0];
    private int buffered;
    private long received;
    /** The largest content that can be taken: by the flow's limit, to fit into memory, or to be worth throwing away. */
    private long limit;

    private boolean continueExpected;

    RequestContent(
            ServerConnection connection,
            Loop loop,
            Framing framing,
            FlowOptions options,
            int bound,
            boolean expectsContinue) {
        this.connection = connection;
        this.reader = new ContentReader(framing);
        this.bufferBound = bound;
        this.continueExpected = expectsContinue;
        this.buffering = options.bodies() == BodyMode.BUFFER
                || (options.bodies() == BodyMode.AUTO
                        && !expectsContinue
                        && reader.size() != Body.UNKNOWN
                        && reader.size() <= bound);
        this.limit = buffering ? Math.min(options.maxBody(), bound) : options.maxBody();
        this.stream = buffering ? null : new StreamBody(loop, reader.size(), this, expectsContinue);
        if (buffering && reader.size() > 0) {
            octets = new byte[(int) Math.min(reader.size(), bound)];
        }
    }

    /** Refuses content whose announced size is over the limit before any of it is read. */
    void checkAnnouncedSize() throws RequestFailedException {
        if (reader.size() > limit) {
            throw tooLarge();
        }
    }

    /** Whether the flow must wait until {@link #isComplete}. */
    boolean isBuffering() {
        return buffering;
    }

    /** Whether the client waits for 100 (Continue) and nobody has asked for content yet. */
    boolean isContinueExpected() {
        return continueExpected;
    }

    /** Tells the client to go on, if it waits for that. */
    void sendContinue() {
        if (continueExpected) {
            continueExpected = false;
            connection.writeInterim(100, Fields.EMPTY);
        }
    }

    boolean isComplete() {
        return reader.isComplete();
    }

    /** The octets of content received so far. */
    long received() {
        return received;
    }

    /** The body for the flow; when buffering, only once content is complete. */
    Body body() {
        if (stream != null) {
            return stream;
        }
        return new BufferedBody(trimmed(), reader.trailers());
    }

    private byte[] trimmed() {
        return buffered == octets.length ? octets : Arrays.copyOf(octets, buffered);
    }

    /** Takes content from the front of what has arrived. */
    void read(ByteBuf in) throws MessageSyntaxException, RequestFailedException {
        reader.read(in, this::take);
        if (received > limit) {
            throw tooLarge();
        }
        if (reader.isComplete() && stream != null) {
            stream.end(reader.trailers());
        }
    }

    private void take(ByteBuf piece) {
        received += piece.readableBytes();
        if (stream != null) {
            stream.offer(piece);
            return;
        }
        int size = piece.readableBytes();
        if (buffered + size <= bufferBound) {
            if (buffered + size > octets.length) {
                octets = Arrays.copyOf(octets, Math.min(bufferBound, Math.max(buffered + size, octets.length * 2)));
            }
            piece.readBytes(octets, buffered, size);
            buffered += size;
        }
        piece.release();
    }

    /** Nothing more has arrived for now. */
    void flush() {
        if (stream != null) {
            stream.flush();
        }
    }

    void fail(Throwable cause) {
        if (stream != null) {
            stream.fail(cause);
        }
    }

    /**
     * Has the rest read and thrown away, now that the answer is complete.
     *
     * @return false if the rest is too long or may never come, so that the connection cannot be kept
     */
    boolean discardRest() {
        limit = received + MAX_DISCARDED;
        if (stream != null) {
            stream.discard();
            stream.fail(new IOException("The request is over"));
        }
        return allowsKeepAlive();
    }

    /** Whether the connection can go on after an answer that starts now. */
    boolean allowsKeepAlive() {
        return reader.isComplete()
                || (!continueExpected && (reader.remaining() == Body.UNKNOWN || reader.remaining() <= MAX_DISCARDED));
    }

    @Override
    public void demand(boolean wanted) {
        if (wanted) {
            sendContinue();
        }
        connection.setReading(wanted);
    }

    @Override
    public void cancel() {
        connection.setReading(true);
    }

    private static RequestFailedException tooLarge() {
        return new RequestFailedException(
                ProblemType.CONTENT_TOO_LARGE, "The content is larger than what is taken here");
    }
}
