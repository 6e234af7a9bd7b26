package io.proxystone.edge.message;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.proxystone.edge.loop.Loop;
import io.proxystone.http.FieldName;
import io.proxystone.http.Fields;
import io.proxystone.http.HeadWriter;
import io.proxystone.http.Trailers;
import io.proxystone.http.http1.Framing;
import java.nio.charset.StandardCharsets;

/** Writes the content of one message to a connection in the framing its head announced (RFC 9112 §7.1). */
public final class ContentWriter {
    private static final int CHUNK_START_SIZE = 16;
    private static final int CRLF = '\r' << 8 | '\n';

    private final Channel channel;
    private final Loop loop;
    private final Framing framing;
    /** Whether the CRLF that ends the latest chunk is still to be written: with what follows, or before a flush. */
    private boolean insideChunk;

    private long written;

    public ContentWriter(Channel channel, Loop loop, Framing framing) {
        this.channel = channel;
        this.loop = loop;
        this.framing = framing;
    }

    /** The octets of content written so far. */
    public long written() {
        return written;
    }

    /** Whether another piece of this size would be more than the head announced. */
    public boolean isTooMuch(int size) {
        return framing.kind() == Framing.Kind.LENGTH && written + size > framing.length();
    }

    /** Whether the content may end here. */
    public boolean isEnough() {
        return framing.kind() != Framing.Kind.LENGTH || written == framing.length();
    }

    /** Writes a piece without flushing, and says whether the connection takes more at once. */
    public boolean write(ByteBuf piece) {
        int size = piece.readableBytes();
        if (size == 0) {
            piece.release();
            return channel.isWritable();
        }
        written += size;
        if (framing.kind() == Framing.Kind.CHUNKED) {
            channel.write(chunkStart(size), channel.voidPromise());
        }
        channel.write(piece, channel.voidPromise());
        return channel.isWritable();
    }

    /** Sends what has been written on its way, in whole chunks: a reader may wait for the end of one. */
    public void flush() {
        if (insideChunk) {
            insideChunk = false;
            channel.write(channel.alloc().directBuffer(2).writeShort(CRLF), channel.voidPromise());
        }
        channel.flush();
    }

    private ByteBuf chunkStart(int size) {
        ByteBuf start = channel.alloc().directBuffer(CHUNK_START_SIZE);
        if (insideChunk) {
            start.writeShort(CRLF);
        }
        insideChunk = true;
        start.writeCharSequence(Integer.toHexString(size), StandardCharsets.US_ASCII);
        return start.writeShort(CRLF);
    }

    /** The octets that end the content; empty unless it is chunked. */
    public ByteBuf end(Fields trailers) {
        if (framing.kind() != Framing.Kind.CHUNKED) {
            return Unpooled.EMPTY_BUFFER;
        }
        HeadWriter out = loop.headWriter();
        if (insideChunk) {
            insideChunk = false;
            out.endLine();
        }
        out.octet('0').endLine();
        for (int line = 0; line < trailers.size(); line++) {
            FieldName name = trailers.known(line);
            if (name == null || Trailers.mayContain(name)) {
                trailers.write(line, out);
            }
        }
        out.endLine();
        return channel.alloc().directBuffer(out.size()).writeBytes(out.array(), 0, out.size());
    }
}
