package io.proxystone.engine;

import io.proxystone.edge.loop.Loop;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.impl.engine.DefaultAsyncProcessorAwaitManager;
import org.apache.camel.spi.ReactiveExecutor;
import org.apache.camel.support.ExchangeHelper;

/**
 * Where Camel waits for asynchronous steps that something calls as if they were synchronous. On an event loop nothing waits:
 * what does not end at once fails.
 */
final class LoopAwaitManager extends DefaultAsyncProcessorAwaitManager {

    @Override
    public void process(AsyncProcessor processor, Exchange exchange) {
        if (Loop.current() == null) {
            super.process(processor, exchange);
            return;
        }
        // What has not ended in time goes on by itself; it must find an exchange of its own then.
        Exchange own = exchange.copy();
        AtomicBoolean ended = new AtomicBoolean();
        processor.process(own, doneSync -> ended.set(true));
        ReactiveExecutor queued =
                exchange.getContext().getCamelContextExtension().getReactiveExecutor();
        while (!ended.get() && queued.executeFromQueue()) {
            // Work Camel queued for this very thread belongs to the processor and does not wait.
        }
        if (ended.get()) {
            ExchangeHelper.copyResults(exchange, own);
        } else {
            String node = exchange.getExchangeExtension().getHistoryNodeId();
            exchange.setException(new WouldBlockException(
                    node == null
                            ? "A step that calls a route and waits for its answer, such as a bean with a ProducerTemplate,"
                            : "The step " + node));
        }
    }
}
