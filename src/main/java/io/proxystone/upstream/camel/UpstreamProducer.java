package io.proxystone.upstream.camel;

import io.proxystone.edge.loop.Loop;
import io.proxystone.edge.message.Body;
import io.proxystone.edge.message.GatewayMessage;
import io.proxystone.edge.message.InboundRequest;
import io.proxystone.edge.message.StreamBody;
import io.proxystone.http.ResponseHead;
import io.proxystone.upstream.UpstreamException;
import io.proxystone.upstream.UpstreamException.Reason;
import io.proxystone.upstream.netty.ResponseHandler;
import io.proxystone.upstream.netty.UpstreamRequest;
import java.util.concurrent.CompletionException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultAsyncProducer;
import org.apache.camel.support.SynchronizationAdapter;
import org.jspecify.annotations.Nullable;

/** Maps an exchange to one request to the origin and its response back. */
final class UpstreamProducer extends DefaultAsyncProducer {
    private final UpstreamEndpoint endpoint;

    UpstreamProducer(UpstreamEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        Message message = GatewayMessage.of(exchange.getMessage());
        Object body = message.getBody();
        if (body == null || body instanceof Body) {
            send(exchange, message, (Body) body, callback);
            return false;
        }
        Loop loop = endpoint.loopFor(OriginRequest.inbound(message));
        endpoint.bodies().of(message, loop).whenComplete((made, failure) -> {
            if (failure == null) {
                send(exchange, message, made, callback);
            } else {
                exchange.setException(failure instanceof CompletionException wrapped ? wrapped.getCause() : failure);
                callback.done(false);
            }
        });
        return false;
    }

    private void send(Exchange exchange, Message message, @Nullable Body body, AsyncCallback callback) {
        UpstreamRequest request;
        try {
            request = OriginRequest.request(
                    message, body, endpoint.mode(), exchange.getPattern().isOutCapable());
        } catch (RuntimeException e) {
            exchange.setException(e);
            callback.done(false);
            return;
        }
        endpoint.client().send(request, new Answer(exchange, request.inbound(), callback));
    }

    /** Puts on the exchange what the origin made of the request. */
    private final class Answer implements ResponseHandler {
        private final Exchange exchange;
        private final @Nullable InboundRequest inbound;
        private final AsyncCallback callback;

        Answer(Exchange exchange, @Nullable InboundRequest inbound, AsyncCallback callback) {
            this.exchange = exchange;
            this.inbound = inbound;
            this.callback = callback;
        }

        @Override
        public void responded(ResponseHead head, @Nullable Body body) {
            if (body instanceof StreamBody) {
                discardWhenOver(body);
            }
            exchange.setMessage(GatewayMessage.ofResponse(exchange.getContext(), inbound, head, body));
            if (endpoint.failOn().contains(head.status())) {
                exchange.setException(new UpstreamException(
                        endpoint.client().name(), Reason.FAILED_STATUS, Integer.toString(head.status())));
            }
            callback.done(false);
        }

        @Override
        public void failed(Exception cause) {
            exchange.setException(cause);
            callback.done(false);
        }

        /**
         * A response that the flow does not pass on must not hold its connection longer than it can be of use: until the
         * client has its answer, which may be this one though it came by an exchange of its own, or until the exchange of
         * somebody who awaits no answer ends.
         */
        private void discardWhenOver(Body body) {
            if (inbound != null && exchange.getPattern().isOutCapable()) {
                inbound.onEnd(body::discard);
                return;
            }
            exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
                @Override
                public void onDone(Exchange done) {
                    body.discard();
                }
            });
        }
    }
}
