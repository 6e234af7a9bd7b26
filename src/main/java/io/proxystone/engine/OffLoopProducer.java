package io.proxystone.engine;

import org.apache.camel.AsyncProducer;
import org.apache.camel.Endpoint;

/** A producer that waits for its endpoint, such as a database's or a directory's. */
final class OffLoopProducer extends OffLoopProcessor implements AsyncProducer {
    private final AsyncProducer producer;

    OffLoopProducer(AsyncProducer producer, WaitingThreads threads) {
        super(producer, threads);
        this.producer = producer;
    }

    @Override
    public Endpoint getEndpoint() {
        return producer.getEndpoint();
    }

    @Override
    public boolean isSingleton() {
        return producer.isSingleton();
    }
}
