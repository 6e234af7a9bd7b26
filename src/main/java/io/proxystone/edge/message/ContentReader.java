package io.proxystone.edge.message;

import io.netty.buffer.ByteBuf;
import io.proxystone.http.Fields;
import io.proxystone.http.http1.ChunkedDecoder;
import io.proxystone.http.http1.Framing;
import io.proxystone.http.http1.MessageSyntaxException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Cuts the content of one message out of what arrives on its connection, by its framing (RFC 9112 §6.3). */
public final class ContentReader {
    private static final int MAX_TRAILERS = 16 * 1024;
    private static final int MAX_TRAILER_FIELDS = 100;

    private final Framing framing;
    private final @Nullable ChunkedDecoder chunks;
    private long remaining;

    public ContentReader(Framing framing) {
        this.framing = framing;
        this.remaining = framing.length();
        this.chunks =
                framing.kind() == Framing.Kind.CHUNKED ? new ChunkedDecoder(MAX_TRAILERS, MAX_TRAILER_FIELDS) : null;
    }

    /** The size the framing announces, or {@link Body#UNKNOWN}. */
    public long size() {
        return switch (framing.kind()) {
            case NONE, LENGTH -> framing.length();
            case CHUNKED, UNTIL_CLOSE -> Body.UNKNOWN;
        };
    }

    /** The octets still to come if their number is known, or {@link Body#UNKNOWN}. */
    public long remaining() {
        return size() == Body.UNKNOWN ? Body.UNKNOWN : remaining;
    }

    /** Whether the end has been seen. Content that lasts until close never gets there by itself. */
    public boolean isComplete() {
        return switch (framing.kind()) {
            case NONE -> true;
            case LENGTH -> remaining == 0;
            case CHUNKED -> chunks != null && chunks.isDone();
            case UNTIL_CLOSE -> false;
        };
    }

    /** Whether the end of the connection is the end of the content, and not a premature one. */
    public boolean endsWithConnection() {
        return framing.kind() == Framing.Kind.UNTIL_CLOSE;
    }

    /** The trailer section of complete chunked content; otherwise empty. */
    public Fields trailers() {
        return chunks == null ? Fields.EMPTY : chunks.trailers();
    }

    /** Moves what belongs to the content from the front of {@code in} to the receiver, which releases the pieces. */
    public void read(ByteBuf in, Consumer<ByteBuf> receiver) throws MessageSyntaxException {
        if (chunks != null) {
            readChunks(chunks, in, receiver);
        } else if (framing.kind() == Framing.Kind.UNTIL_CLOSE) {
            receiver.accept(in.readRetainedSlice(in.readableBytes()));
        } else if (remaining > 0) {
            int count = (int) Math.min(remaining, in.readableBytes());
            remaining -= count;
            receiver.accept(in.readRetainedSlice(count));
        }
    }

    private static void readChunks(ChunkedDecoder chunks, ByteBuf in, Consumer<ByteBuf> receiver)
            throws MessageSyntaxException {
        while (in.isReadable() && !chunks.isDone()) {
            long content = chunks.contentRemaining();
            if (content == 0) {
                chunks.accept(in.readByte());
            } else {
                int count = (int) Math.min(content, in.readableBytes());
                chunks.contentPassed(count);
                receiver.accept(in.readRetainedSlice(count));
            }
        }
    }
}
