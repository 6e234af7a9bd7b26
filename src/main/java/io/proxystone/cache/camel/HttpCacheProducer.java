package io.proxystone.cache.camel;

import io.proxystone.cache.serving.CacheQuery;
import io.proxystone.edge.loop.Loop;
import io.proxystone.edge.message.Body;
import io.proxystone.edge.message.GatewayMessage;
import io.proxystone.edge.message.InboundRequest;
import java.util.concurrent.CompletionException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultAsyncProducer;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.service.ServiceHelper;
import org.jspecify.annotations.Nullable;

/** Maps an exchange to one query of a cache and its answer back. */
final class HttpCacheProducer extends DefaultAsyncProducer {
    private final HttpCacheEndpoint endpoint;
    private @Nullable AsyncProducer origin;

    HttpCacheProducer(HttpCacheEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        Endpoint target = endpoint.originEndpoint();
        AsyncProducer producer = PluginHelper.getInternalProcessorFactory(endpoint.getCamelContext())
                .createAsyncProducer(target);
        ServiceHelper.startService(target, producer);
        origin = producer;
    }

    @Override
    protected void doStop() throws Exception {
        ServiceHelper.stopService(origin);
        super.doStop();
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        Message message = GatewayMessage.of(exchange.getMessage());
        InboundRequest inbound = inbound(message);
        Loop loop = inbound == null ? endpoint.getComponent().loops().currentOrNext() : inbound.loop();
        Object body = message.getBody();
        if (body == null || body instanceof Body) {
            loop.execute(() -> query(exchange, message, (Body) body, loop, callback));
            return false;
        }
        endpoint.getComponent().bodies().of(message, loop).whenComplete((made, failure) -> {
            if (failure == null) {
                loop.execute(() -> query(exchange, message, made, loop, callback));
            } else {
                exchange.setException(failure instanceof CompletionException wrapped ? wrapped.getCause() : failure);
                callback.done(false);
            }
        });
        return false;
    }

    private static @Nullable InboundRequest inbound(Message message) {
        return message instanceof GatewayMessage gateway ? gateway.request() : null;
    }

    private void query(Exchange exchange, Message message, @Nullable Body body, Loop loop, AsyncCallback callback) {
        AsyncProducer producer = origin;
        try {
            if (producer == null) {
                throw new IllegalStateException("The cache step has not been started");
            }
            InboundRequest client = inbound(message);
            InboundRequest inbound = client == null ? new DetachedRequest(exchange, message, loop) : client;
            CachedRequest request = CachedRequest.of(message, inbound, body);
            ExchangeAsker asker = new ExchangeAsker(exchange, client, callback);
            OriginRoute route = new OriginRoute(
                    producer,
                    exchange,
                    message,
                    request,
                    endpoint.getComponent().bodies());
            endpoint.cache()
                    .answer(new CacheQuery(
                            request.method(), request.target(), request.fields(), body, asker, route, loop));
        } catch (RuntimeException e) {
            exchange.setException(e);
            callback.done(false);
        }
    }
}
