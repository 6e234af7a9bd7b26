package io.proxystone.engine;

import org.apache.camel.CamelContext;
import org.apache.camel.ExtendedCamelContext;
import org.apache.camel.component.direct.DirectComponent;
import org.apache.camel.spi.AsyncProcessorAwaitManager;
import org.apache.camel.spi.InternalProcessorFactory;
import org.apache.camel.spi.ProcessorFactory;

/** Fits a Camel context for routes that run on event loops. */
public final class Engine {
    private Engine() {}

    /** Changes a context that has been built and not yet configured, so that its configuration can overrule what may be. */
    public static void fit(CamelContext context) {
        ExtendedCamelContext extended = context.getCamelContextExtension();
        WaitingThreads threads = new WaitingThreads(context);
        extended.addContextPlugin(ProcessorFactory.class, new LoopProcessorFactory(threads));
        extended.addContextPlugin(InternalProcessorFactory.class, new LoopInternalProcessorFactory(threads));
        extended.addContextPlugin(AsyncProcessorAwaitManager.class, new LoopAwaitManager());
        context.addComponent("seda", new LoopSedaComponent());
        // A sender to a flow that is not running would wait for it.
        context.getComponent("direct", DirectComponent.class).setBlock(false);
    }

    /**
     * Fits what the routes of a context share, when they have been loaded and not yet built. An error handler set before
     * would come before the one that a flow file or a route configuration sets.
     */
    public static void fitLoaded(CamelContext context) {
        ErrorHandling.fit(context);
    }
}
