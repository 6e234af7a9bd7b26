package io.proxystone.control;

import io.proxystone.cache.camel.HttpCacheComponent;
import io.proxystone.config.InvalidFilesException;
import io.proxystone.edge.camel.GatewayHttpComponent;
import io.proxystone.edge.message.Bodies;
import io.proxystone.edge.message.BodyConverters;
import io.proxystone.edge.message.GatewayHeadersFactory;
import io.proxystone.upstream.camel.UpstreamComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.camel.CamelContext;
import org.apache.camel.LoggingLevel;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.component.netty.http.NettyHttpConsumer;
import org.apache.camel.spi.Resource;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.PluginHelper;

/** The Camel context of one revision's flows. It is built with its consumers unstarted, which is also how flows are checked. */
final class FlowContext {
    /** What consoles show the flows under, whichever revision serves. */
    static final String NAME = "proxy-stone";

    private static final Set<String> INTERNAL_SCHEMES = Set.of("direct", "seda", "stub", "kamelet");

    private final RevisionFlows flows;
    private final FlowsMain main;

    private FlowContext(Revision.Workshop workshop, FlowSource source, Resources resources) {
        Bodies bodies = workshop.bodies();
        flows = new RevisionFlows();
        main = new FlowsMain(
                workshop.sources(),
                NAME,
                context -> {
                    context.getCamelContextExtension().setHeadersMapFactory(new GatewayHeadersFactory());
                    context.addComponent("netty-http", new GatewayHttpComponent(flows, bodies));
                    context.addComponent(
                            "upstream",
                            new UpstreamComponent(resources.upstreams().forFlows(), bodies));
                    context.addComponent(
                            "http-cache",
                            new HttpCacheComponent(resources.caches().forFlows(), bodies, workshop.loops()));
                    BodyConverters.register(context.getTypeConverterRegistry());
                    context.getManagementStrategy().setManagementAgent(new DeferredManagementAgent(context));
                },
                context -> load(context, source));
    }

    private static void load(CamelContext context, FlowSource source) {
        try {
            List<Resource> resources = source.resources();
            PluginHelper.getRoutesLoader(context).loadRoutes(resources.toArray(new Resource[0]));
        } catch (Exception e) {
            throw new FlowLoadException(e);
        }
    }

    /** A failure to read flow files, on its way out through camel-main. */
    private static final class FlowLoadException extends RuntimeException {
        FlowLoadException(Exception cause) {
            super(cause);
        }
    }

    /**
     * Builds the context of some flows without starting them.
     *
     * @throws InvalidFilesException if Camel cannot make routes of them, or two of them want the same requests
     */
    static FlowContext build(Revision.Workshop workshop, FlowSource source, Resources resources)
            throws InvalidFilesException {
        FlowContext built = new FlowContext(workshop, source, resources);
        try {
            built.main.init();
            built.main.start();
            return built;
        } catch (Exception | LinkageError e) {
            InvalidFilesException invalid = new FlowDiagnosis(source, built.main.getCamelContext()).of(e);
            built.stop();
            throw invalid;
        }
    }

    CamelContext context() {
        return main.getCamelContext();
    }

    RevisionFlows flows() {
        return flows;
    }

    /** Starts what only this context sees: its flows on the listeners, not yet live, and the routes between its routes. */
    void startServing() throws Exception {
        start(this::servesInside);
    }

    /** Starts what brings work from elsewhere by itself: timers, files, queues. */
    void startSources() throws Exception {
        start(route -> !servesInside(route));
    }

    private boolean servesInside(Route route) {
        return route.getConsumer() instanceof NettyHttpConsumer
                || INTERNAL_SCHEMES.contains(
                        route.getEndpoint().getEndpointBaseUri().split(":", 2)[0]);
    }

    private void start(Predicate<Route> which) throws Exception {
        for (Route route : routesInOrder()) {
            ServiceStatus status = context().getRouteController().getRouteStatus(route.getId());
            if (route.isAutoStartup() && which.test(route) && !status.isStarted()) {
                context().getRouteController().startRoute(route.getId());
            }
        }
    }

    private List<Route> routesInOrder() {
        List<Route> routes = new ArrayList<>(context().getRoutes());
        routes.sort((a, b) -> Integer.compare(order(a), order(b)));
        return routes;
    }

    private static int order(Route route) {
        return route.getStartupOrder() == null ? Integer.MAX_VALUE : route.getStartupOrder();
    }

    /** Stops what brings work from elsewhere; what it brought goes on. */
    void stopSources() throws Exception {
        for (Route route : routesInOrder()) {
            if (!servesInside(route)) {
                context().getRouteController().stopRoute(route.getId(), 1, TimeUnit.SECONDS);
            }
        }
    }

    /** Shows the context to JMX. */
    void goLive() {
        if (context().getManagementStrategy().getManagementAgent() instanceof DeferredManagementAgent agent) {
            agent.goLive();
        }
    }

    /** Takes the context out of JMX. */
    void retire() {
        if (context().getManagementStrategy().getManagementAgent() instanceof DeferredManagementAgent agent) {
            agent.retire();
        }
    }

    /** Whether nothing is under way, the last octets of answers included. */
    boolean isIdle() {
        return flows.isIdle() && context().getInflightRepository().size() == 0 && pending() == 0;
    }

    /** What waits in queues between routes. */
    private int pending() {
        int pending = 0;
        for (Route route : context().getRoutes()) {
            if (route.getConsumer() instanceof ShutdownAware queue) {
                pending += queue.getPendingExchangesSize();
            }
        }
        return pending;
    }

    /** Ends the context; what is still under way fails. */
    void stop() {
        CamelContext context = main.getCamelContext();
        if (context != null) {
            context.getShutdownStrategy().setTimeout(1);
            context.getShutdownStrategy().setShutdownNowOnTimeout(true);
            context.getShutdownStrategy().setLogInflightExchangesOnTimeout(false);
            context.getRouteController().setLoggingLevel(LoggingLevel.OFF);
        }
        main.stop();
        main.shutdown();
    }
}
