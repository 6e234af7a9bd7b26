package io.proxystone.engine;

import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.model.CircuitBreakerDefinition;
import org.apache.camel.model.DelayDefinition;
import org.apache.camel.model.PollDefinition;
import org.apache.camel.model.PollEnrichDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ThrottleDefinition;
import org.apache.camel.processor.DefaultProcessorFactory;
import org.apache.camel.reifier.ProcessorReifier;
import org.jspecify.annotations.Nullable;

/** Makes the processors of steps: Camel's own, except where those would wait. */
final class LoopProcessorFactory extends DefaultProcessorFactory {
    private static final String TRUE = "true";

    private final WaitingThreads threads;

    LoopProcessorFactory(WaitingThreads threads) {
        this.threads = threads;
    }

    @Override
    public @Nullable Processor createProcessor(Route route, NamedNode definition) throws Exception {
        if (route.getRoute() instanceof RouteDefinition model) {
            ErrorHandling.fit(model);
        }
        if (definition instanceof CircuitBreakerDefinition breaker) {
            return new CircuitBreakerReifier(route, breaker).createProcessor();
        }
        if (definition instanceof ThrottleDefinition throttle) {
            throttle.setAsyncDelayed(TRUE);
        } else if (definition instanceof DelayDefinition delay) {
            delay.setAsyncDelayed(TRUE);
        } else if (definition instanceof PollEnrichDefinition || definition instanceof PollDefinition) {
            Processor polling = ProcessorReifier.reifier(route, (ProcessorDefinition<?>) definition)
                    .createProcessor();
            return new OffLoopProcessor(polling, threads);
        }
        return super.createProcessor(route, definition);
    }
}
