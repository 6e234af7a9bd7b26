package io.proxystone.engine;

import java.util.Set;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.AsyncProducer;
import org.apache.camel.DelegateProcessor;
import org.apache.camel.Endpoint;
import org.apache.camel.processor.DefaultInternalProcessorFactory;

/**
 * Makes the producers of steps: those that can only wait for a system elsewhere get threads to wait on. Which these are,
 * Camel's components say themselves: their producers are synchronous and their endpoints remote.
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
        return isSynchronous(producer) && waits(endpoint) ? new OffLoopProducer(producer, threads) : producer;
    }

    /** Whether Camel made a producer asynchronous in form only. What starts later is taken for one of these. */
    private static boolean isSynchronous(AsyncProducer producer) {
        return producer instanceof DelegateProcessor bridge && !(bridge.getProcessor() instanceof AsyncProcessor);
    }

    private static boolean waits(Endpoint endpoint) {
        String uri = endpoint.getEndpointUri();
        int colon = uri.indexOf(':');
        return endpoint.isRemote() || WAITING_HERE.contains(colon < 0 ? uri : uri.substring(0, colon));
    }
}
