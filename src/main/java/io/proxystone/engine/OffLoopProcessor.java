package io.proxystone.engine;

import io.proxystone.edge.loop.Loop;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/** A step that by its nature waits for somebody else, and therefore fails on an event loop. */
final class OffLoopProcessor extends DelegateAsyncProcessor {
    private final String step;

    OffLoopProcessor(Processor processor, String step) {
        super(processor);
        this.step = step;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        if (Loop.current() == null) {
            return super.process(exchange, callback);
        }
        exchange.setException(new WouldBlockException("The step " + step));
        callback.done(true);
        return true;
    }
}
