package io.proxystone.engine;

import io.proxystone.edge.loop.Loop;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/** A step that waits for somebody else: from an event loop it moves to a thread that may, and the route goes on there. */
class OffLoopProcessor extends DelegateAsyncProcessor {
    private final WaitingThreads threads;

    OffLoopProcessor(Processor processor, WaitingThreads threads) {
        super(processor);
        this.threads = threads;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        if (Loop.current() == null) {
            return super.process(exchange, callback);
        }
        try {
            threads.executor().execute(() -> super.process(exchange, doneSync -> callback.done(false)));
            return false;
        } catch (RejectedExecutionException e) {
            exchange.setException(e);
            callback.done(true);
            return true;
        }
    }
}
