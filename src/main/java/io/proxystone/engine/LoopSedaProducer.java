package io.proxystone.engine;

import io.proxystone.edge.loop.Deadline;
import io.proxystone.edge.loop.Loop;
import java.time.Duration;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.ExchangeTimedOutException;
import org.apache.camel.Producer;
import org.apache.camel.WaitForTaskToComplete;
import org.apache.camel.component.seda.SedaEndpoint;
import org.apache.camel.component.seda.SedaProducer;
import org.apache.camel.support.AsyncProcessorConverterHelper;
import org.apache.camel.support.ExchangeHelper;
import org.apache.camel.support.SynchronizationAdapter;
import org.jspecify.annotations.Nullable;

/**
 * Puts exchanges into a {@code seda} queue. On an event loop it waits neither for the reply, which comes back to that loop
 * when it is there, nor for room in a queue that is full.
 */
final class LoopSedaProducer extends SedaProducer {
    private final SedaEndpoint endpoint;
    private final AsyncProcessor stock;

    /** @param stock Camel's own producer, for threads that may wait */
    LoopSedaProducer(SedaEndpoint endpoint, Producer stock) {
        super(
                endpoint,
                endpoint.getWaitForTaskToComplete(),
                endpoint.getTimeout(),
                false,
                endpoint.isDiscardWhenFull(),
                endpoint.getOfferTimeout());
        this.endpoint = endpoint;
        this.stock = AsyncProcessorConverterHelper.convert(stock);
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        Loop loop = Loop.current();
        if (loop == null) {
            return stock.process(exchange, callback);
        }
        try {
            if (expectsReply(exchange)) {
                Reply reply = new Reply(exchange, loop, callback);
                addToQueue(reply.asked, false);
                reply.await();
                return false;
            }
            addToQueue(exchange, true);
        } catch (Exception e) {
            exchange.setException(e);
        }
        callback.done(true);
        return true;
    }

    private boolean expectsReply(Exchange exchange) {
        WaitForTaskToComplete set = exchange.getProperty(Exchange.ASYNC_WAIT, WaitForTaskToComplete.class);
        WaitForTaskToComplete wait = set == null ? endpoint.getWaitForTaskToComplete() : set;
        return wait == WaitForTaskToComplete.Always
                || (wait == WaitForTaskToComplete.IfReplyExpected && ExchangeHelper.isOutCapable(exchange));
    }

    /** The reply to one exchange, or its failure to come in time. It is decided on the loop. */
    private final class Reply extends SynchronizationAdapter {
        private final Exchange exchange;
        private final Exchange asked;
        private final Loop loop;
        private final AsyncCallback callback;
        private final @Nullable Deadline deadline;
        private boolean decided;

        Reply(Exchange exchange, Loop loop, AsyncCallback callback) {
            this.exchange = exchange;
            this.loop = loop;
            this.callback = callback;
            this.deadline = endpoint.getTimeout() <= 0 ? null : new Deadline(loop.deadlines(), this::timedOut);
            asked = prepareCopy(exchange, false);
            // Content of the reply is in use for as long as the exchange that asked for it.
            asked.setProperty(ExchangePropertyKey.STREAM_CACHE_UNIT_OF_WORK, exchange.getUnitOfWork());
            asked.getExchangeExtension().addOnCompletion(this);
        }

        void await() {
            if (deadline != null) {
                deadline.in(Duration.ofMillis(endpoint.getTimeout()));
            }
        }

        @Override
        public void onDone(Exchange response) {
            loop.execute(() -> {
                if (!decided) {
                    ExchangeHelper.copyResults(exchange, response);
                    decide();
                }
            });
        }

        private void timedOut() {
            if (!decided) {
                endpoint.getQueue().remove(asked);
                exchange.setException(new ExchangeTimedOutException(exchange, endpoint.getTimeout()));
                decide();
            }
        }

        private void decide() {
            decided = true;
            if (deadline != null) {
                deadline.close();
            }
            callback.done(false);
        }

        @Override
        public boolean allowHandover() {
            return false;
        }
    }
}
