package io.proxystone.management;

import io.proxystone.metrics.Metrics;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.StartupSummaryLevel;
import org.apache.camel.http.base.HttpHeaderFilterStrategy;
import org.apache.camel.main.Main;
import org.apache.camel.main.SimpleMainShutdownStrategy;

/** Serves the management port: Camel routes on platform-http, in a context of their own that no revision replaces. */
public final class ManagementServer implements AutoCloseable {
    /** The name of the context in JMX. */
    public static final String NAME = "proxy-stone-system";

    private static final String ROUTES = "classpath:io/proxystone/routes/system/*.camel.yaml";

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final InetSocketAddress address;
    private final Main main = new Main();
    private final Vertx vertx;

    /**
     * Prepares the server.
     *
     * @param address where it listens
     */
    public ManagementServer(InetSocketAddress address, Health health, FlowList flows, Metrics metrics) {
        this.address = address;
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
        main.bind("responseFields", new ResponseFields());
        main.bind("health", health);
        main.bind("flows", flows);
        main.bind("metrics", new Scrape(metrics));
    }

    /**
     * Starts to listen.
     *
     * @throws IOException if the address is taken or not of this machine
     */
    public void start() throws Exception {
        // Camel's server opens its port later and tells nobody if it cannot: asked before, the system tells.
        new ServerSocket(address.getPort(), 1, address.getAddress()).close();
        main.init();
        main.start();
        awaitOpen();
    }

    private void awaitOpen() throws IOException, InterruptedException {
        InetAddress local =
                address.getAddress().isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address.getAddress();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try (Socket probe = new Socket(local, address.getPort())) {
                return;
            } catch (ConnectException e) {
                if (System.nanoTime() - deadline > 0) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(2);
            }
        }
    }

    @Override
    public void close() {
        main.stop();
        main.shutdown();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** The fields Camel lets out, and Cache-Control, which it would keep. */
    private static final class ResponseFields extends HttpHeaderFilterStrategy {
        ResponseFields() {
            getOutFilter().remove("cache-control");
        }
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
