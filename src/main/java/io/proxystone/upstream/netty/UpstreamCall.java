package io.proxystone.upstream.netty;

import io.netty.buffer.ByteBuf;
import io.proxystone.edge.loop.Deadline;
import io.proxystone.edge.message.BufferedBody;
import io.proxystone.edge.message.ClientGoneException;
import io.proxystone.edge.message.InboundRequest;
import io.proxystone.http.Method;
import io.proxystone.http.ResponseHead;
import io.proxystone.http.http1.MessageSyntaxException;
import io.proxystone.upstream.UpstreamException;
import io.proxystone.upstream.UpstreamException.Reason;
import io.proxystone.upstream.UpstreamSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One request to an origin from the search for a connection to the last octet of the response. It lives on one loop and
 * tells its handler once what became of it.
 */
final class UpstreamCall {
    private static final Duration CONTINUE_WAIT = Duration.ofSeconds(1);
    /** How long an answer may take to arrive after the origin has stopped reading. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final UpstreamClient client;
    private final ConnectionPool pool;
    private final UpstreamRequest request;
    private final ResponseHandler handler;
    private final UpstreamSettings.Timeouts timeouts;
    private final long startNanos = System.nanoTime();
    private final Runnable abort = this::abort;

    private @Nullable Deadline total;
    private @Nullable UpstreamConnection connection;
    private @Nullable RequestSender sender;
    private @Nullable ResponseReceiver receiver;
    private boolean waiting;
    private boolean onReusedConnection;
    private boolean sendingFailed;
    private boolean retried;
    private boolean answered;
    private boolean over;

    UpstreamCall(UpstreamClient client, ConnectionPool pool, UpstreamRequest request, ResponseHandler handler) {
        this.client = client;
        this.pool = pool;
        this.request = request;
        this.handler = handler;
        this.timeouts = client.settings().timeouts();
    }

    void start() {
        client.statistics().started();
        if (!timeouts.total().isZero()) {
            total = new Deadline(pool.loop().deadlines(), () -> giveUp(Reason.TOTAL_TIMEOUT));
            total.in(timeouts.total());
        }
        if (request.inbound() != null && request.endsWithClient()) {
            request.inbound().onAbort(abort);
        }
        if (over) {
            // The client had gone already.
            return;
        }
        if (client.isClosed()) {
            failed(Reason.STOPPED);
        } else {
            pool.acquire(this);
        }
    }

    /** Whether the request can be sent again: twice means the same as once (RFC 9110 §9.2.2) and its content is at hand. */
    boolean isRepeatable() {
        return Method.isIdempotent(request.method())
                && (request.body() == null || request.body() instanceof BufferedBody);
    }

    /** Tells whether the call is among those that wait in the pool. */
    void waiting(boolean now) {
        waiting = now;
    }

    /** Whether nobody waits for this call any more. */
    boolean isOver() {
        return over;
    }

    /** Sends the request on a connection. */
    void startOn(UpstreamConnection found, boolean reused) {
        connection = found;
        onReusedConnection = reused;
        receiver = new ResponseReceiver(
                this, found, request, pool.loop(), client.settings().responseBuffer());
        sender = new RequestSender(this, found, client.settings(), request, pool.loop());
        sender.start();
    }

    /** The request is on its way whole. */
    void sent() {
        if (connection != null && !answered) {
            connection.expectWithin(timeouts.response());
        }
    }

    /** The request waits for the origin's permission to send its content. */
    void awaitContinue() {
        if (connection != null) {
            connection.expectWithin(CONTINUE_WAIT);
        }
    }

    void read(ByteBuf in) {
        try {
            if (receiver != null) {
                receiver.read(in);
            }
        } catch (MessageSyntaxException e) {
            if (!over) {
                fail(new UpstreamException(client.name(), Reason.INVALID_RESPONSE, String.valueOf(e.getMessage())));
            }
        }
    }

    void readComplete() {
        if (receiver != null) {
            receiver.flush();
        }
    }

    void writabilityChanged() {
        if (sender != null) {
            sender.writabilityChanged();
        }
    }

    /** An interim response came (RFC 9110 §15.2). */
    void interim(ResponseHead head) {
        if (head.status() == 100) {
            if (sender != null) {
                sender.continueSending();
            }
        } else if (request.inbound() != null && request.endsWithClient()) {
            request.inbound().respondInterim(head.status(), EndToEnd.fields(head.fields()));
        }
    }

    /** The final response's head is there; from here on the call belongs to the response. */
    void answering() {
        answered = true;
        InboundRequest inbound = request.inbound();
        if (inbound != null) {
            inbound.upstreamAnswered(client.name(), System.nanoTime() - startNanos);
        }
        contentExpected();
    }

    /** More of the response's content is wanted from the origin. */
    void contentExpected() {
        if (connection != null) {
            connection.expectWithin(timeouts.idle());
        }
    }

    /** The connection takes more of the request again. */
    void sendingResumed() {
        if (connection != null && answered && connection.isReading()) {
            contentExpected();
        } else if (connection != null) {
            connection.expectNothing();
        }
    }

    /** The origin takes no more of the request. It may have answered before it stopped, as with 413 (RFC 9112 §9.3). */
    void sendingFailed() {
        sendingFailed = true;
        if (sender != null) {
            sender.finish();
        }
        if (connection != null && !answered) {
            connection.expectWithin(LAST_WORDS);
        }
    }

    /** The response is complete, and the connection can be used again unless the request is still being sent. */
    void complete(boolean reusable) {
        UpstreamConnection used = connection;
        boolean sent = sender != null && sender.finish();
        end();
        if (used != null) {
            used.free(reusable && sent);
        }
    }

    ResponseHandler handler() {
        return handler;
    }

    void timedOut() {
        if (sendingFailed && !answered && connection != null) {
            connection.close();
        } else if (sender != null && sender.isAwaitingContinue()) {
            sender.continueSending();
        } else {
            giveUp(
                    answered
                            ? Reason.IDLE_TIMEOUT
                            : sender != null && sender.isSent() ? Reason.RESPONSE_TIMEOUT : Reason.IDLE_TIMEOUT);
        }
    }

    private void giveUp(Reason reason) {
        if (!over) {
            fail(new UpstreamException(client.name(), reason));
        }
    }

    /** The connection ended before the call did; {@code broken} tells that the origin did not end it properly. */
    void connectionEnded(boolean broken) {
        connection = null;
        if (over) {
            return;
        }
        if (receiver != null && !broken && receiver.endedByClose()) {
            return;
        }
        if (mayRetry()) {
            retried = true;
            sendingFailed = false;
            client.statistics().retried();
            sender = null;
            receiver = null;
            pool.acquireNew(this);
        } else {
            fail(new UpstreamException(client.name(), Reason.CLOSED));
        }
    }

    /**
     * Whether the request is sent again: the connection had waited, so the origin may have closed it before it saw the
     * request; nothing of a response came; and it is repeatable.
     */
    private boolean mayRetry() {
        return onReusedConnection && !retried && (receiver == null || !receiver.hasStarted()) && isRepeatable();
    }

    void failed(Reason reason) {
        failed(reason, "");
    }

    void failed(Reason reason, String detail) {
        if (!over) {
            fail(new UpstreamException(client.name(), reason, detail));
        }
    }

    private void abort() {
        if (!over) {
            fail(new ClientGoneException());
        }
    }

    /** Ends the call without a complete response. */
    void fail(Exception cause) {
        UpstreamConnection used = connection;
        end();
        if (!(cause instanceof ClientGoneException)) {
            client.statistics().failed();
        }
        if (sender != null) {
            sender.finish();
        }
        if (used != null) {
            used.free(false);
        }
        if (receiver == null || !receiver.fail(cause)) {
            handler.failed(cause);
        }
    }

    /** The reader of the response wants no more of it. */
    void abandonResponse() {
        if (!over) {
            UpstreamConnection used = connection;
            end();
            if (sender != null) {
                sender.finish();
            }
            if (used != null) {
                used.free(false);
            }
        }
    }

    private void end() {
        over = true;
        connection = null;
        if (waiting) {
            pool.forget(this);
        }
        client.statistics().ended();
        if (total != null) {
            total.close();
        }
        if (request.inbound() != null && request.endsWithClient()) {
            request.inbound().removeOnAbort(abort);
        }
    }
}
