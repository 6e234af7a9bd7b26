package io.proxystone.upstream.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.proxystone.edge.loop.Loop;
import io.proxystone.edge.message.Body;
import io.proxystone.edge.message.BodySink;
import io.proxystone.edge.message.BufferedBody;
import io.proxystone.edge.message.ContentWriter;
import io.proxystone.edge.message.InboundRequest;
import io.proxystone.edge.message.StreamBody;
import io.proxystone.http.FieldName;
import io.proxystone.http.FieldValue;
import io.proxystone.http.Fields;
import io.proxystone.http.HeadWriter;
import io.proxystone.http.HttpVersion;
import io.proxystone.http.http1.Framing;
import io.proxystone.upstream.UpstreamSettings;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes the request of one call: the head, then its content as it comes. */
final class RequestSender implements BodySink {
    private static final int MAX_JOINED = 16 * 1024;

    private final UpstreamCall call;
    private final UpstreamConnection connection;
    private final Channel channel;
    private final UpstreamSettings settings;
    private final UpstreamRequest request;
    private final Loop loop;

    private @Nullable ContentWriter content;
    private boolean awaitingContinue;
    private boolean reading;
    private boolean sent;
    private boolean finished;

    RequestSender(
            UpstreamCall call,
            UpstreamConnection connection,
            UpstreamSettings settings,
            UpstreamRequest request,
            Loop loop) {
        this.call = call;
        this.connection = connection;
        this.channel = connection.channel();
        this.settings = settings;
        this.request = request;
        this.loop = loop;
    }

    void start() {
        Body body = request.body();
        Framing framing = framing(body);
        awaitingContinue = body instanceof StreamBody && expectsContinue();
        HeadWriter head = loop.headWriter();
        RequestHeadWriter.write(head, settings.target(), settings.host(), request, framing, awaitingContinue);
        if (body == null) {
            channel.writeAndFlush(headBuffer(head, 0), channel.voidPromise());
            sent();
        } else if (body instanceof BufferedBody buffered && framing.kind() == Framing.Kind.LENGTH) {
            sendBuffered(head, buffered.octets());
        } else {
            content = new ContentWriter(channel, loop, framing);
            channel.write(headBuffer(head, 0), channel.voidPromise());
            if (awaitingContinue) {
                channel.flush();
                call.awaitContinue();
            } else {
                readContent(body);
            }
        }
    }

    private static Framing framing(@Nullable Body body) {
        if (body == null) {
            return Framing.NONE;
        }
        boolean trailers =
                body instanceof BufferedBody buffered && !buffered.trailers().isEmpty();
        return body.size() == Body.UNKNOWN || trailers
                ? Framing.CHUNKED
                : new Framing(Framing.Kind.LENGTH, body.size());
    }

    private boolean expectsContinue() {
        InboundRequest inbound = request.inbound();
        // An HTTP/1.0 client's expectation means nothing (RFC 9110 §10.1.1).
        if (inbound == null || inbound.head().version() == HttpVersion.HTTP_1_0) {
            return false;
        }
        String expectation = inbound.head().fields().first(FieldName.EXPECT);
        return expectation != null && FieldValue.listContains(expectation, "100-continue");
    }

    private ByteBuf headBuffer(HeadWriter head, int more) {
        return channel.alloc().directBuffer(head.size() + more).writeBytes(head.array(), 0, head.size());
    }

    private void sendBuffered(HeadWriter head, byte[] octets) {
        if (octets.length <= MAX_JOINED) {
            ByteBuf joined = headBuffer(head, octets.length).writeBytes(octets);
            channel.writeAndFlush(joined, channel.voidPromise());
        } else {
            channel.write(headBuffer(head, 0), channel.voidPromise());
            channel.writeAndFlush(Unpooled.wrappedBuffer(octets), channel.voidPromise());
        }
        sent();
    }

    private void readContent(Body body) {
        reading = true;
        try {
            body.readTo(this, loop);
        } catch (IllegalStateException e) {
            call.fail(e);
        }
    }

    boolean isAwaitingContinue() {
        return awaitingContinue;
    }

    /** Whether the request is complete, as far as this side goes. */
    boolean isSent() {
        return sent;
    }

    /** Sends the content that waited for the origin's permission, or for the end of patience. */
    void continueSending() {
        Body body = request.body();
        if (awaitingContinue && !finished && body != null) {
            awaitingContinue = false;
            connection.expectNothing();
            readContent(body);
        }
    }

    @Override
    public boolean accept(ByteBuf piece) {
        ContentWriter out = content;
        if (finished || out == null) {
            piece.release();
            return true;
        }
        if (out.isTooMuch(piece.readableBytes())) {
            piece.release();
            call.fail(new IOException("The content of the request is longer than its announced length"));
            return true;
        }
        boolean more = out.write(piece);
        if (!more) {
            connection.expectWithin(settings.timeouts().idle());
        }
        return more;
    }

    @Override
    public void flush() {
        ContentWriter out = content;
        if (!finished && out != null) {
            out.flush();
        }
    }

    @Override
    public void end(Fields trailers) {
        ContentWriter out = content;
        if (finished || out == null) {
            return;
        }
        if (!out.isEnough()) {
            call.fail(new IOException("The content of the request is shorter than its announced length"));
            return;
        }
        channel.writeAndFlush(out.end(trailers), channel.voidPromise());
        sent();
    }

    @Override
    public void fail(Throwable cause) {
        if (!finished) {
            call.fail(cause instanceof Exception exception ? exception : new IOException(cause));
        }
    }

    void writabilityChanged() {
        if (!finished && !sent && channel.isWritable() && reading && request.body() instanceof StreamBody stream) {
            call.sendingResumed();
            stream.resume();
        }
    }

    private void sent() {
        sent = true;
        call.sent();
    }

    /** Stops sending, and says whether everything had been sent. */
    boolean finish() {
        if (!finished) {
            finished = true;
            if (!sent && request.body() instanceof StreamBody stream) {
                if (reading) {
                    stream.cancel();
                } else {
                    stream.discard();
                }
            }
        }
        return sent;
    }
}
