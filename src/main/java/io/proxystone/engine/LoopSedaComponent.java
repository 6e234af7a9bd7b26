package io.proxystone.engine;

import java.util.concurrent.BlockingQueue;
import org.apache.camel.Component;
import org.apache.camel.Exchange;
import org.apache.camel.Producer;
import org.apache.camel.component.seda.BlockingQueueFactory;
import org.apache.camel.component.seda.SedaComponent;
import org.apache.camel.component.seda.SedaEndpoint;

/** Camel's {@code seda} with producers that may be called on event loops. */
@org.apache.camel.spi.annotations.Component("seda")
final class LoopSedaComponent extends SedaComponent {

    @Override
    protected SedaEndpoint createEndpoint(
            String uri, Component component, BlockingQueueFactory<Exchange> queues, int consumers) {
        return new LoopSedaEndpoint(uri, component, queues, consumers);
    }

    @Override
    protected SedaEndpoint createEndpoint(
            String uri, Component component, BlockingQueue<Exchange> queue, int consumers) {
        return new LoopSedaEndpoint(uri, component, queue, consumers);
    }

    private static final class LoopSedaEndpoint extends SedaEndpoint {
        LoopSedaEndpoint(String uri, Component component, BlockingQueueFactory<Exchange> queues, int consumers) {
            super(uri, component, queues, consumers);
        }

        LoopSedaEndpoint(String uri, Component component, BlockingQueue<Exchange> queue, int consumers) {
            super(uri, component, queue, consumers);
        }

        @Override
        public Producer createProducer() throws Exception {
            return new LoopSedaProducer(this, super.createProducer());
        }
    }
}
