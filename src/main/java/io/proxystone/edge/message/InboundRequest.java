package io.proxystone.edge.message;

import io.proxystone.edge.loop.Loop;
import io.proxystone.http.Fields;
import io.proxystone.http.RequestHead;
import io.proxystone.traffic.CacheOutcome;
import org.jspecify.annotations.Nullable;

/** The request a flow answers, as the listener read it, and what leads back to its client. */
public interface InboundRequest {
    RequestHead head();

    /** The content, or null if the request has none. */
    @Nullable
    Body body();

    Client client();

    /** The authority the request is for, as the client wrote it: of the target, else of the Host field; may be empty. */
    String authority();

    PathMatch match();

    /** The path origins get to see, as the client wrote it, less the flow's own path if the flow strips it. */
    String forwardPath();

    /** The id that ties log lines, problem documents and the origin's view of this request together. */
    String requestId();

    /** The {@code traceparent} this request goes on with, or null if it has none and none is made. */
    @Nullable
    String traceParent();

    /** The loop of the client's connection. */
    Loop loop();

    /** Sends an interim response (RFC 9110 §15.2) unless the client cannot take one or the final one has started. */
    void respondInterim(int status, Fields fields);

    /** Notes which origin answered and how long it took to, in nanoseconds. */
    void upstreamAnswered(String name, long nanos);

    /** Notes what a cache did for the request. */
    void cacheAnswered(CacheOutcome outcome);

    /** Runs an action if the client goes away before its answer is complete, at once if it has gone. */
    void onAbort(Runnable action);

    /** Takes back an action given to {@link #onAbort}. */
    void removeOnAbort(Runnable action);

    /** Runs an action when the last byte of the answer has left, or none will any more; at once if that is so. */
    void onEnd(Runnable action);
}
