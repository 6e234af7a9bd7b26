package io.proxystone.cache.camel;

import io.proxystone.cache.CacheStatus;
import io.proxystone.cache.serving.Asker;
import io.proxystone.edge.message.Body;
import io.proxystone.edge.message.GatewayMessage;
import io.proxystone.edge.message.InboundRequest;
import io.proxystone.http.ResponseHead;
import io.proxystone.traffic.CacheOutcome;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;
import org.jspecify.annotations.Nullable;

/** An exchange that waits for its answer: of a client, or of a route that something else started. */
final class ExchangeAsker implements Asker {
    private final Exchange exchange;
    private final @Nullable InboundRequest inbound;
    private final boolean forClient;
    private final AsyncCallback callback;

    ExchangeAsker(Exchange exchange, @Nullable InboundRequest inbound, AsyncCallback callback) {
        this.exchange = exchange;
        this.inbound = inbound;
        this.forClient = inbound != null && exchange.getPattern().isOutCapable();
        this.callback = callback;
    }

    @Override
    public void answered(ResponseHead head, @Nullable Body body, CacheStatus status) {
        if (forClient && inbound != null) {
            inbound.cacheAnswered(outcome(status));
        }
        exchange.setMessage(GatewayMessage.ofResponse(exchange.getContext(), inbound, head, body));
        callback.done(false);
    }

    private static CacheOutcome outcome(CacheStatus status) {
        if (status.forward() == null) {
            return status.ttl() != null && status.ttl() < 0 ? CacheOutcome.STALE : CacheOutcome.HIT;
        } else if (status.collapsed()) {
            return CacheOutcome.COLLAPSED;
        } else if (status.forwardStatus() == 304) {
            return CacheOutcome.VALIDATED;
        }
        return status.stored() ? CacheOutcome.MISS : CacheOutcome.PASS;
    }

    @Override
    public void failed(Exception cause) {
        exchange.setException(cause);
        callback.done(false);
    }

    @Override
    public void onAbort(Runnable action) {
        if (forClient && inbound != null) {
            inbound.onAbort(action);
        }
    }

    @Override
    public void removeOnAbort(Runnable action) {
        if (forClient && inbound != null) {
            inbound.removeOnAbort(action);
        }
    }

    @Override
    public void onEnd(Runnable action) {
        if (forClient && inbound != null) {
            inbound.onEnd(action);
            return;
        }
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                action.run();
            }
        });
    }
}
