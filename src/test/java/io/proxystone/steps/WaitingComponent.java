package io.proxystone.steps;

import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.PollingConsumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/** A component as those of databases are: its producer keeps the calling thread until the system elsewhere answers. */
public final class WaitingComponent extends DefaultComponent {
    private static final int PATIENCE_SECONDS = 20;
    private static final Semaphore ANSWERS = new Semaphore(0);
    private static final Semaphore ASKED = new Semaphore(0);

    /** Waits until somebody asks, and lets that one have its answer when the action has been done. */
    static void answerAfter(Action action) throws Exception {
        if (!ASKED.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("Nobody asked");
        }
        try {
            action.run();
        } finally {
            ANSWERS.release();
        }
    }

    interface Action {
        void run() throws Exception;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        return new WaitingEndpoint(uri, this);
    }

    private static final class WaitingEndpoint extends DefaultEndpoint {
        WaitingEndpoint(String uri, WaitingComponent component) {
            super(uri, component);
        }

        @Override
        public Producer createProducer() {
            return new DefaultProducer(this) {
                @Override
                public void process(Exchange exchange) throws Exception {
                    ASKED.release();
                    if (!ANSWERS.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                        throw new IllegalStateException("No answer");
                    }
                    exchange.getMessage()
                            .setBody("waited:" + exchange.getMessage().getBody(String.class));
                }
            };
        }

        @Override
        public Consumer createConsumer(Processor processor) {
            throw new UnsupportedOperationException("Nothing comes from there");
        }

        @Override
        public PollingConsumer createPollingConsumer() {
            throw new UnsupportedOperationException("Nothing comes from there");
        }
    }
}
