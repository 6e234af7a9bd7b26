package io.proxystone.edge.camel;

import io.proxystone.edge.ServerExchange;
import io.proxystone.edge.message.Body;
import io.proxystone.edge.message.GatewayMessage;
import io.proxystone.edge.message.OutgoingFields;
import io.proxystone.http.FieldSource;
import io.proxystone.http.ResponseHead;
import io.proxystone.http.StatusCode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/** Turns what a flow left on its exchange into the response, on the loop of the client's connection. */
final class FlowAnswer implements AsyncCallback {
    private static final int MIN_STATUS = 200;
    private static final int MAX_STATUS = 599;

    private final CamelFlow flow;
    private final Exchange exchange;
    private final ServerExchange request;
    private boolean done;

    FlowAnswer(CamelFlow flow, Exchange exchange, ServerExchange request) {
        this.flow = flow;
        this.exchange = exchange;
        this.request = request;
    }

    @Override
    public void done(boolean doneSync) {
        request.loop().execute(this::answer);
    }

    private void answer() {
        if (done) {
            return;
        }
        done = true;
        request.onEnd(() -> flow.end(exchange));
        Throwable failure = exchange.getException();
        if (failure != null) {
            fail(failure);
            return;
        }
        Message message = GatewayMessage.of(exchange.getMessage());
        Object body = message.getBody();
        if (body == null || body instanceof Body) {
            respond(message, (Body) body);
            return;
        }
        CompletableFuture<@Nullable Body> content = flow.endpoint().bodies().of(message, request.loop());
        content.whenComplete((made, problem) -> request.loop().execute(() -> {
            if (problem == null) {
                respond(message, made);
            } else {
                fail(problem instanceof CompletionException wrapped ? wrapped.getCause() : problem);
            }
        }));
    }

    private void respond(Message message, @Nullable Body body) {
        try {
            if (body != null && !body.isReadable()) {
                throw new IllegalStateException(
                        "The body of the answer streams and a step of the flow has read it; have it buffered with 'bodies: buffer'");
            }
            int status = status(message, body);
            request.respond(status, reason(message, status), fields(message), body);
        } catch (RuntimeException e) {
            if (request.isCommitted()) {
                throw e;
            }
            fail(e);
        }
    }

    private void fail(@Nullable Throwable failure) {
        FailureMapping.Answer answer = FailureMapping.of(failure);
        FailureLog.log(flow.flow(), request.requestId(), failure, answer.type());
        request.respondProblem(answer.type(), answer.detail(), answer.fields());
    }

    private FieldSource fields(Message message) {
        OutgoingFields fields = OutgoingFields.ofResponse(message, request);
        ResponseHead forwarded = message instanceof GatewayMessage gateway ? gateway.response() : null;
        return forwarded == null ? fields : new ForwardedResponse(fields, forwarded.version());
    }

    private static int status(Message message, @Nullable Body body) {
        Object set = statusSet(message);
        if (set == null) {
            ResponseHead forwarded = message instanceof GatewayMessage gateway ? gateway.response() : null;
            if (forwarded != null) {
                return forwarded.status();
            }
            return body == null || body.size() == 0 ? 204 : 200;
        }
        int status = set instanceof Number number
                ? number.intValue()
                : Integer.parseInt(set.toString().strip());
        if (status < MIN_STATUS || status > MAX_STATUS) {
            throw new IllegalStateException(
                    Exchange.HTTP_RESPONSE_CODE + " is " + status + "; a final status is within 200 and 599");
        }
        return status;
    }

    private static @Nullable Object statusSet(Message message) {
        return message instanceof GatewayMessage gateway
                ? gateway.headerSet(Exchange.HTTP_RESPONSE_CODE)
                : message.getHeader(Exchange.HTTP_RESPONSE_CODE);
    }

    private static String reason(Message message, int status) {
        Object set = message instanceof GatewayMessage gateway
                ? gateway.headerSet(Exchange.HTTP_RESPONSE_TEXT)
                : message.getHeader(Exchange.HTTP_RESPONSE_TEXT);
        if (set != null) {
            return set.toString().replaceAll("[^\\x20-\\x7e]", " ");
        }
        ResponseHead forwarded = message instanceof GatewayMessage gateway ? gateway.response() : null;
        return forwarded != null && forwarded.status() == status ? forwarded.reason() : StatusCode.reason(status);
    }
}
