package io.proxystone.engine;

import java.util.Set;
import org.apache.camel.AsyncEndpoint;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.AsyncProducer;
import org.apache.camel.DelegateProcessor;
import org.apache.camel.Endpoint;
import org.apache.camel.processor.DefaultInternalProcessorFactory;

/**
 * Makes the producers of steps: those that can only wait for a system elsewhere get threads to wait on. Which these are,
 * Camel's components say themselves: their endpoints are remote and not marked as asynchronous.
 */
final class LoopInternalProcessorFactory extends DefaultInternalProcessorFactory {
    /** Components that are not remote to Camel, since they talk to this machine, and wait all the same. */
    private static final Set<String> WAITING_HERE = Set.of("exec");

    private final WaitingThreads threads;

    LoopInternalProcessorFactory(WaitingThreads threads) {
        this.threads = threads;
    }

    @Override
    public AsyncProducer createAsyncProducer(Endpoint endpoint) throws Exception {
        AsyncProducer producer = super.createAsyncProducer(endpoint);
        return waits(endpoint, producer) ? new OffLoopProducer(producer, threads) : producer;
    }

    private static boolean waits(Endpoint endpoint, AsyncProducer producer) {
        String uri = endpoint.getEndpointUri();
        int colon = uri.indexOf(':');
        boolean elsewhere = endpoint.isRemote() || WAITING_HERE.contains(colon < 0 ? uri : uri.substring(0, colon));
        return elsewhere && !(endpoint instanceof AsyncEndpoint && isAsynchronous(producer));
    }

    /** Whether a producer is asynchronous by itself rather than made so in form by Camel. */
    private static boolean isAsynchronous(AsyncProducer producer) {
        return !(producer instanceof DelegateProcessor bridge) || bridge.getProcessor() instanceof AsyncProcessor;
    }
}
