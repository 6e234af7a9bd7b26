package io.proxystone.edge.camel;

import io.proxystone.edge.ServerExchange;
import io.proxystone.edge.message.Body;
import io.proxystone.edge.message.GatewayMessage;
import io.proxystone.edge.message.OutgoingResponse;
import io.proxystone.http.FieldSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/** Turns what a flow left on its exchange into the response, on the loop of the client's connection. */
final class FlowAnswer implements AsyncCallback {
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
            OutgoingResponse response = OutgoingResponse.of(message, body, request);
            request.respond(response.status(), response.reason(), fields(response), body);
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

    private static FieldSource fields(OutgoingResponse response) {
        return response.origin() == null
                ? response.fields()
                : new ForwardedResponse(response.fields(), response.origin().version());
    }
}
