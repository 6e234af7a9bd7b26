package io.proxystone.edge;

import io.netty.buffer.ByteBuf;
import io.proxystone.edge.loop.Loop;
import io.proxystone.edge.message.HeadBuffer;
import io.proxystone.http.Method;
import io.proxystone.http.RequestHead;
import io.proxystone.http.http1.HeadParser;
import io.proxystone.http.http1.HeadScanner;
import io.proxystone.http.http1.MessageSyntaxException;
import org.jspecify.annotations.Nullable;

/** Reads the heads of requests off one connection. */
final class RequestReader {
    private final HeadBuffer heads;
    private final HeadParser parser;

    private boolean watched;
    private boolean headRequest;

    RequestReader(Loop loop, ListenerSettings.Limits limits) {
        heads = new HeadBuffer(
                loop, limits.headerSection(), new HeadScanner(limits.requestLine(), limits.headerSection(), false));
        parser = new HeadParser(limits.headerFields());
    }

    /** Takes a head from the front of what has arrived; null if it is not complete. */
    @Nullable
    RequestHead read(ByteBuf in) throws MessageSyntaxException {
        headRequest = false;
        byte[] octets = heads.read(in);
        if (octets == null) {
            return null;
        }
        watched = false;
        headRequest = Method.isHead(octets);
        return parser.parseRequest(octets);
    }

    /** Whether a head has begun and is not complete. */
    boolean isInside() {
        return heads.isInside();
    }

    /** Whether a head has begun since this was asked last. */
    boolean hasBegun() {
        boolean begun = heads.isInside() && !watched;
        watched = heads.isInside();
        return begun;
    }

    /** Whether the head that was read last is one whose answer has no content, well-formed or not. */
    boolean isHeadRequest() {
        return headRequest;
    }
}
