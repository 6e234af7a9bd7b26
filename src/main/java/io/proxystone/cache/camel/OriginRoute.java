package io.proxystone.cache.camel;

import io.proxystone.cache.serving.Fetch;
import io.proxystone.cache.serving.Origin;
import io.proxystone.edge.message.Bodies;
import io.proxystone.edge.message.Body;
import io.proxystone.edge.message.GatewayMessage;
import io.proxystone.edge.message.OutgoingResponse;
import io.proxystone.http.FieldName;
import io.proxystone.http.Fields;
import io.proxystone.http.HttpVersion;
import io.proxystone.http.ResponseHead;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Message;
import org.apache.camel.spi.UnitOfWork;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.UnitOfWorkHelper;
import org.jspecify.annotations.Nullable;

/**
 * The endpoint behind a cache, asked in an exchange of its own: it has what the client's exchange had when it came to the
 * cache, and outlives it if others want the answer, too.
 */
final class OriginRoute implements Origin {
    private final AsyncProducer producer;
    private final Exchange cause;
    private final Message message;
    private final CachedRequest request;
    private final Bodies bodies;

    /**
     * @param cause the exchange that came to the cache
     * @param message its message at that time
     */
    OriginRoute(AsyncProducer producer, Exchange cause, Message message, CachedRequest request, Bodies bodies) {
        this.producer = producer;
        this.cause = cause;
        this.message = message;
        this.request = request;
        this.bodies = bodies;
    }

    @Override
    public void ask(Fetch fetch, Fields fields, @Nullable Body body, Answer answer) {
        FetchedRequest fetched = new FetchedRequest(request, fields, body, fetch);
        Exchange exchange = exchange(fetched);
        UnitOfWork work =
                PluginHelper.getUnitOfWorkFactory(exchange.getContext()).createUnitOfWork(exchange);
        exchange.getExchangeExtension().setUnitOfWork(work);
        fetch.onEnd(() -> UnitOfWorkHelper.doneUow(work, exchange));
        try {
            producer.process(exchange, doneSync -> fetch.loop().execute(() -> ended(exchange, fetched, fetch, answer)));
        } catch (RuntimeException e) {
            answer.failed(e);
        }
    }

    private Exchange exchange(FetchedRequest fetched) {
        Exchange exchange = new DefaultExchange(cause.getContext(), ExchangePattern.InOut);
        exchange.getExchangeExtension().setFromEndpoint(cause.getFromEndpoint());
        exchange.getExchangeExtension().setFromRouteId(cause.getFromRouteId());
        cause.getProperties().forEach(exchange::setProperty);
        if (cause.hasVariables()) {
            cause.getVariables().forEach(exchange::setVariable);
        }
        GatewayMessage asked = GatewayMessage.ofRequest(cause.getContext(), fetched);
        Map<String, Object> set =
                message instanceof GatewayMessage gateway ? gateway.headersSet() : message.getHeaders();
        set.forEach((name, value) -> {
            // Fields are those of the request that is sent; what steers, such as CamelHttpPath, is as steps set it.
            if (!GatewayMessage.isFieldName(name) || name.equalsIgnoreCase(FieldName.HOST.text())) {
                asked.setHeader(name, value);
            }
        });
        exchange.setIn(asked);
        return exchange;
    }

    private void ended(Exchange exchange, FetchedRequest fetched, Fetch fetch, Answer answer) {
        Throwable failure = exchange.getException();
        if (failure != null) {
            answer.failed(failure instanceof Exception known ? known : new IllegalStateException(failure));
            return;
        }
        Message result = GatewayMessage.of(exchange.getMessage());
        Object content = result.getBody();
        if (content == null || content instanceof Body) {
            respond(result, (Body) content, fetched, answer);
            return;
        }
        bodies.of(result, fetch.loop())
                .whenComplete((made, problem) -> fetch.loop().execute(() -> {
                    if (problem == null) {
                        respond(result, made, fetched, answer);
                    } else {
                        Throwable cause = problem instanceof CompletionException wrapped ? wrapped.getCause() : problem;
                        answer.failed(cause instanceof Exception known ? known : new IllegalStateException(cause));
                    }
                }));
    }

    private static void respond(Message result, @Nullable Body body, FetchedRequest fetched, Answer answer) {
        try {
            ResponseHead untouched = result instanceof GatewayMessage gateway && gateway.hasOriginalHeaders()
                    ? gateway.response()
                    : null;
            ResponseHead head = untouched != null ? untouched : head(OutgoingResponse.of(result, body, fetched));
            answer.responded(head, body);
        } catch (RuntimeException e) {
            // Whatever it was: those who wait must hear of it.
            answer.failed(e);
        }
    }

    private static ResponseHead head(OutgoingResponse response) {
        HttpVersion version = response.origin() == null
                ? HttpVersion.HTTP_1_1
                : response.origin().version();
        return new ResponseHead(
                version, response.status(), response.reason(), CachedRequest.collect(response.fields()));
    }
}
