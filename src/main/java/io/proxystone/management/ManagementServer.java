package io.proxystone.management;

import io.proxystone.metrics.Metrics;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.InetSocketAddress;
import org.apache.camel.Exchange;
import org.apache.camel.StartupSummaryLevel;
import org.apache.camel.main.Main;
import org.apache.camel.main.SimpleMainShutdownStrategy;

/** Serves the management port: Camel routes on platform-http, in a context of their own that no revision replaces. */
public final class ManagementServer implements AutoCloseable {
    /** The name of the context in JMX. */
    public static final String NAME = "proxy-stone-system";

    private static final String ROUTES = "classpath:io/proxystone/routes/system/*.camel.yaml";

    private final Main main = new Main();
    private final Vertx vertx;

    /**
     * Prepares the server.
     *
     * @param address where it listens
     */
    public ManagementServer(InetSocketAddress address, Health health, FlowList flows, Metrics metrics) {
        vertx = Vertx.vertx(
                new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(4).setInternalBlockingPoolSize(2));
        main.setShutdownStrategy(new SimpleMainShutdownStrategy());
        main.setDefaultPropertyPlaceholderLocation("false");
        main.configure().setName(NAME);
        main.configure().setStartupSummaryLevel(StartupSummaryLevel.Off);
        main.configure().setAutoConfigurationLogSummary(false);
        main.configure().setAutoConfigurationEnvironmentVariablesEnabled(false);
        main.configure().withRoutesIncludePattern(ROUTES);
        main.configure()
                .httpServer()
                .withEnabled(true)
                .withHost(address.getHostString())
                .withPort(address.getPort());
        main.bind("vertx", vertx);
        main.bind("health", health);
        main.bind("flows", flows);
        main.bind("metrics", new Scrape(metrics));
    }

    /** Starts to listen. */
    public void start() throws Exception {
        main.init();
        main.start();
    }

    @Override
    public void close() {
        main.stop();
        main.shutdown();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** Answers with the metrics. */
    public static final class Scrape {
        private final Metrics metrics;

        Scrape(Metrics metrics) {
            this.metrics = metrics;
        }

        public void scrape(Exchange exchange) {
            exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
            exchange.getMessage().setBody(metrics.scrape());
        }
    }
}
