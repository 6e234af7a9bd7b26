package io.proxystone.upstream.netty;

import io.netty.buffer.ByteBuf;
import io.proxystone.edge.loop.Loop;
import io.proxystone.edge.message.Body;
import io.proxystone.edge.message.BufferedBody;
import io.proxystone.edge.message.ContentReader;
import io.proxystone.edge.message.HeadBuffer;
import io.proxystone.edge.message.StreamBody;
import io.proxystone.http.ResponseHead;
import io.proxystone.http.http1.Framing;
import io.proxystone.http.http1.HeadParser;
import io.proxystone.http.http1.HeadScanner;
import io.proxystone.http.http1.MessageSyntaxException;
import io.proxystone.http.http1.Violation;
import io.proxystone.upstream.UpstreamException.Reason;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads the response of one call: interim heads, the final head, then the content into a body. */
final class ResponseReceiver implements StreamBody.Source {
    private static final int MAX_STATUS_LINE = 8 * 1024;
    private static final int MAX_HEAD = 64 * 1024;
    /** The octets that all interim heads before one response may have. */
    private static final int MAX_INTERIM = 256 * 1024;

    private static final HeadParser PARSER = new HeadParser(500);

    private final UpstreamCall call;
    private final UpstreamConnection connection;
    private final UpstreamRequest request;
    private final Loop loop;
    private final int bufferBound;
    private final HeadBuffer heads;

    private boolean started;
    private int interim;
    private @Nullable ResponseHead head;
    private @Nullable ContentReader content;
    private @Nullable StreamBody stream;
    private byte[] octets = new byte[0];
    private int buffered;
    private boolean complete;

    ResponseReceiver(
            UpstreamCall call, UpstreamConnection connection, UpstreamRequest request, Loop loop, int bufferBound) {
        this.call = call;
        this.connection = connection;
        this.request = request;
        this.loop = loop;
        this.bufferBound = bufferBound;
        this.heads = new HeadBuffer(loop, MAX_HEAD, new HeadScanner(MAX_STATUS_LINE, MAX_HEAD, true));
    }

    /** Whether anything of a response has come. */
    boolean hasStarted() {
        return started;
    }

    void read(ByteBuf in) throws MessageSyntaxException {
        started = true;
        while (!complete && in.isReadable()) {
            if (content == null) {
                byte[] octetsOfHead = heads.read(in);
                if (octetsOfHead == null) {
                    return;
                }
                headCame(PARSER.parseResponse(octetsOfHead), octetsOfHead.length, in);
            } else {
                readContent(content, in);
            }
            if (call.isOver()) {
                return;
            }
        }
        if (in.isReadable()) {
            // Octets nobody asked for after the response: the connection cannot be trusted with another one.
            connection.close();
        }
    }

    private void headCame(ResponseHead next, int size, ByteBuf in) throws MessageSyntaxException {
        if (next.isInterim()) {
            interim += size;
            if (interim > MAX_INTERIM) {
                throw new MessageSyntaxException(Violation.FIELDS_TOO_LARGE);
            }
            if (next.status() == 101) {
                throw new MessageSyntaxException(Violation.STATUS_LINE);
            }
            call.interim(next);
            return;
        }
        Framing framing = Framing.of(request.method(), next);
        ResponseHead forwarded = EndToEnd.head(next);
        head = next;
        content = new ContentReader(framing);
        call.answering();
        if (content.isComplete()) {
            complete(in);
            call.handler().responded(forwarded, null);
        } else if (isBuffered(content)) {
            octets = new byte[(int) Math.max(0, Math.min(content.size(), bufferBound))];
        } else {
            stream = new StreamBody(loop, content.size(), this, false);
            call.handler().responded(forwarded, stream);
        }
    }

    private boolean isBuffered(ContentReader reader) {
        return switch (request.responseMode()) {
            case AUTO -> reader.size() != Body.UNKNOWN && reader.size() <= bufferBound;
            case BUFFER -> true;
            case STREAM -> false;
        };
    }

    private void readContent(ContentReader reader, ByteBuf in) throws MessageSyntaxException {
        reader.read(in, this::take);
        if (call.isOver()) {
            return;
        }
        if (reader.isComplete()) {
            contentEnded(reader, in);
        } else if (stream == null || connection.channel().config().isAutoRead()) {
            call.contentExpected();
        }
    }

    private void contentEnded(ContentReader reader, @Nullable ByteBuf rest) {
        complete(rest);
        if (stream != null) {
            stream.end(reader.trailers());
        } else if (head != null) {
            byte[] exact = buffered == octets.length ? octets : Arrays.copyOf(octets, buffered);
            call.handler().responded(EndToEnd.head(head), new BufferedBody(exact, reader.trailers()));
        }
    }

    /** Frees the connection before anybody sees the end, so that what follows can already use it. */
    private void complete(@Nullable ByteBuf rest) {
        complete = true;
        boolean reusable = rest != null && !rest.isReadable() && head != null && head.keepsAlive();
        call.complete(reusable);
    }

    private void take(ByteBuf piece) {
        if (stream != null) {
            stream.offer(piece);
            return;
        }
        int size = piece.readableBytes();
        if (buffered + size > bufferBound) {
            piece.release();
            call.failed(Reason.RESPONSE_TOO_LARGE);
            return;
        }
        if (buffered + size > octets.length) {
            octets = Arrays.copyOf(octets, Math.min(bufferBound, Math.max(buffered + size, octets.length * 2)));
        }
        piece.readBytes(octets, buffered, size);
        buffered += size;
        piece.release();
    }

    /** Nothing more has arrived for now. */
    void flush() {
        if (stream != null) {
            stream.flush();
        }
    }

    /** The connection ended: whether that is the proper end of the response. */
    boolean endedByClose() {
        if (content == null || !content.endsWithConnection()) {
            return false;
        }
        contentEnded(content, null);
        return true;
    }

    /** Fails the body if the response has been handed out, and says whether it has. */
    boolean fail(Exception cause) {
        if (stream == null) {
            return false;
        }
        stream.fail(cause);
        return true;
    }

    @Override
    public void demand(boolean wanted) {
        if (complete) {
            return;
        }
        connection.setReading(wanted);
        if (wanted) {
            call.contentExpected();
        } else {
            connection.expectNothing();
        }
    }

    @Override
    public void cancel() {
        call.abandonResponse();
    }
}
