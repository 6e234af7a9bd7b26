package io.proxystone.edge;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPromise;
import io.proxystone.edge.loop.Loop;
import io.proxystone.edge.message.Body;
import io.proxystone.edge.message.BodySink;
import io.proxystone.edge.message.BufferedBody;
import io.proxystone.edge.message.ContentWriter;
import io.proxystone.edge.message.StreamBody;
import io.proxystone.http.FieldName;
import io.proxystone.http.FieldSink;
import io.proxystone.http.FieldSource;
import io.proxystone.http.Fields;
import io.proxystone.http.HeadWriter;
import io.proxystone.http.HttpVersion;
import io.proxystone.http.Method;
import io.proxystone.http.RequestHead;
import io.proxystone.http.StatusCode;
import io.proxystone.http.http1.Framing;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes one response to its connection: the head with the framing this client can take, then the content as it comes. */
final class ResponseWriter implements BodySink, FieldSink {
    private static final int MAX_JOINED = 16 * 1024;
    /** The size of the pieces that large content in memory leaves in, so that it shows whether the client takes them. */
    private static final int MAX_PIECE = 64 * 1024;

    private static final byte[] STATUS_LINE = "HTTP/1.1 ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CHUNKED = "Transfer-Encoding: chunked\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CLOSE = "Connection: close\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] KEEP_ALIVE = "Connection: keep-alive\r\n".getBytes(StandardCharsets.US_ASCII);

    /** Hears how the response ended; called once. */
    interface End {
        void responseEnded(boolean complete);
    }

    private final Channel channel;
    private final Loop loop;
    private final RequestHead request;
    private final End end;
    private final HeadWriter head;

    private boolean keepAlive;
    private boolean dateSeen;
    private @Nullable String originalLength;
    private Framing framing = Framing.NONE;
    private @Nullable ContentWriter content;
    private long bufferedSent;
    private boolean ended;
    private @Nullable StreamBody stream;

    /** @param keepAlive whether the connection may stay open after this response, as far as the request goes */
    ResponseWriter(Channel channel, Loop loop, RequestHead request, boolean keepAlive, End end) {
        this.channel = channel;
        this.loop = loop;
        this.request = request;
        this.keepAlive = keepAlive;
        this.end = end;
        this.head = loop.headWriter();
    }

    /** Whether the connection stays open after this response. Settled by {@link #write}. */
    boolean keepsAlive() {
        return keepAlive;
    }

    /** Whether only the end of the connection tells where the content ends, so that a clean end would look complete. */
    boolean isDelimitedByClose() {
        return framing.kind() == Framing.Kind.UNTIL_CLOSE;
    }

    /** The octets of content written so far. */
    long contentSent() {
        return content == null ? bufferedSent : content.written();
    }

    void write(int status, String reason, FieldSource fields, @Nullable Body body) {
        head.octets(STATUS_LINE).decimal(status).octet(' ').text(reason).endLine();
        fields.sendTo(this);
        if (!dateSeen) {
            head.field(FieldName.DATE, loop.date());
        }
        boolean withContent =
                !StatusCode.hasNoContent(status) && !request.method().equals(Method.HEAD);
        writeFraming(status, body, withContent);
        writePersistence();
        head.endLine();
        if (!withContent || body == null) {
            if (body != null) {
                body.discard();
            }
            writeLast(headBuffer(0));
        } else if (body instanceof BufferedBody buffered && framing.kind() == Framing.Kind.LENGTH) {
            writeBuffered(buffered);
        } else {
            stream = body instanceof StreamBody streaming ? streaming : null;
            content = new ContentWriter(channel, loop, framing);
            channel.write(headBuffer(0), channel.voidPromise());
            try {
                body.readTo(this, loop);
            } catch (IllegalStateException e) {
                fail(e);
            }
        }
    }

    private void writeFraming(int status, @Nullable Body body, boolean withContent) {
        if (!withContent) {
            writeLengthWithoutContent(status, body);
            return;
        }
        boolean canChunk = request.version() == HttpVersion.HTTP_1_1;
        boolean withTrailers =
                body instanceof BufferedBody buffered && !buffered.trailers().isEmpty();
        long size = body == null ? 0 : body.size();
        if (size != Body.UNKNOWN && !(withTrailers && canChunk)) {
            framing = new Framing(Framing.Kind.LENGTH, size);
            head.field(FieldName.CONTENT_LENGTH, size);
        } else if (canChunk) {
            framing = Framing.CHUNKED;
            head.octets(CHUNKED);
        } else {
            framing = Framing.UNTIL_CLOSE;
            keepAlive = false;
        }
    }

    /** A response to HEAD and a 304 may tell the length that GET would have had (RFC 9110 §8.6). */
    private void writeLengthWithoutContent(int status, @Nullable Body body) {
        boolean toHead = !StatusCode.hasNoContent(status);
        if (toHead && body != null) {
            if (body.size() != Body.UNKNOWN) {
                head.field(FieldName.CONTENT_LENGTH, body.size());
            }
        } else if ((toHead || status == 304) && originalLength != null && isLength(originalLength)) {
            head.field(FieldName.CONTENT_LENGTH, originalLength);
        }
    }

    /** Whether a text, which may be a step's, is a Content-Length. */
    private static boolean isLength(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private void writePersistence() {
        if (!keepAlive) {
            head.octets(CLOSE);
        } else if (request.version() == HttpVersion.HTTP_1_0) {
            head.octets(KEEP_ALIVE);
        }
    }

    @Override
    public void line(Fields fields, int line) {
        FieldName name = fields.known(line);
        if (name == FieldName.PROXY_AUTHENTICATE || name == FieldName.PROXY_AUTHENTICATION_INFO) {
            // Between the origin and the gateway only (RFC 9110 §11.7).
            return;
        }
        if (name == null || passes(name, fields, line)) {
            fields.write(line, head);
        }
    }

    private boolean passes(FieldName name, Fields fields, int line) {
        switch (name) {
            case CONNECTION, KEEP_ALIVE, PROXY_CONNECTION, TE, TRANSFER_ENCODING, UPGRADE -> {
                return false;
            }
            case CONTENT_LENGTH -> {
                originalLength = fields.value(line);
                return false;
            }
            case DATE -> dateSeen = true;
            default -> {
                // Everything else passes as it is.
            }
        }
        return true;
    }

    @Override
    public void field(String name, String value) {
        FieldName known = FieldName.find(name);
        if (known == FieldName.CONTENT_LENGTH) {
            originalLength = value;
        } else if (known == FieldName.CONNECTION) {
            keepAlive &= !value.equalsIgnoreCase("close");
        } else if (known == null || passes(known, Fields.EMPTY, 0)) {
            head.field(name, value);
        }
    }

    private ByteBuf headBuffer(int more) {
        ByteBuf buffer = channel.alloc().directBuffer(head.size() + more);
        return buffer.writeBytes(head.array(), 0, head.size());
    }

    private void writeBuffered(BufferedBody body) {
        byte[] octets = body.octets();
        bufferedSent = octets.length;
        if (octets.length <= MAX_JOINED) {
            writeLast(headBuffer(octets.length).writeBytes(octets));
        } else {
            channel.write(headBuffer(0), channel.voidPromise());
            int last = (octets.length - 1) / MAX_PIECE * MAX_PIECE;
            for (int from = 0; from < last; from += MAX_PIECE) {
                channel.write(Unpooled.wrappedBuffer(octets, from, MAX_PIECE), channel.voidPromise());
            }
            writeLast(Unpooled.wrappedBuffer(octets, last, octets.length - last));
        }
    }

    @Override
    public boolean accept(ByteBuf piece) {
        ContentWriter out = content;
        if (ended || out == null) {
            piece.release();
            return true;
        }
        if (out.isTooMuch(piece.readableBytes())) {
            piece.release();
            cutShort();
            return true;
        }
        return out.write(piece);
    }

    @Override
    public void flush() {
        ContentWriter out = content;
        if (!ended && out != null) {
            out.flush();
        }
    }

    @Override
    public void end(Fields trailers) {
        ContentWriter out = content;
        if (ended || out == null) {
            return;
        }
        if (out.isEnough()) {
            writeLast(out.end(trailers));
        } else {
            cutShort();
        }
    }

    @Override
    public void fail(Throwable cause) {
        if (!ended) {
            cutShort();
        }
    }

    /** The client takes more again. */
    void resume() {
        if (stream != null && !ended) {
            stream.resume();
        }
    }

    /** The client takes no more: whoever sends the content should stop. */
    void abandon() {
        if (stream != null && !ended) {
            stream.cancel();
        }
        finish(false);
    }

    private void writeLast(ByteBuf buffer) {
        ChannelPromise written = channel.newPromise();
        channel.writeAndFlush(buffer, written);
        if (written.isDone()) {
            finish(written.isSuccess());
        } else {
            written.addListener(done -> finish(done.isSuccess()));
        }
    }

    /** Ends a response that cannot be completed so that the client sees it: by cutting the connection. */
    private void cutShort() {
        keepAlive = false;
        if (stream != null) {
            stream.cancel();
        }
        channel.flush();
        finish(false);
    }

    private void finish(boolean complete) {
        if (!ended) {
            ended = true;
            keepAlive &= complete;
            end.responseEnded(complete);
        }
    }
}
