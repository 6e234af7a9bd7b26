package io.proxystone;

import io.proxystone.config.GatewaySettings;
import io.proxystone.config.SettingsFile;
import io.proxystone.control.FlowState;
import io.proxystone.control.Listeners;
import io.proxystone.control.ProcessSettings;
import io.proxystone.control.Revisions;
import io.proxystone.control.SourceWatch;
import io.proxystone.control.Sources;
import io.proxystone.edge.Listener;
import io.proxystone.edge.loop.EventLoops;
import io.proxystone.edge.loop.Loop;
import io.proxystone.edge.loop.StallWatch;
import io.proxystone.management.FlowList;
import io.proxystone.management.Health;
import io.proxystone.management.ManagementServer;
import io.proxystone.metrics.Metrics;
import io.proxystone.traffic.RequestObserver;
import io.proxystone.traffic.accesslog.AccessLog;
import io.proxystone.upstream.UpstreamStatistics;
import io.proxystone.upstream.netty.Names;
import io.proxystone.upstream.netty.UpstreamClient;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running process: everything put together, from the first revision to the last byte. */
final class Gateway {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

    private final EventLoops loops;
    private final StallWatch stalls;
    private final Names names = new Names();
    private final Metrics metrics = new Metrics();
    private final AccessLog accessLog;
    private final Listeners listeners;
    private final Revisions revisions;
    private final Health health;
    private final InetSocketAddress managementAddress;
    private final ManagementServer management;
    private @Nullable SourceWatch watch;
    private volatile GatewaySettings settings = GatewaySettings.DEFAULT;

    private Gateway(Sources sources, @Nullable Integer managementPort) throws Exception {
        SettingsFile settingsFile = new SettingsFile(System.getenv());
        settings = settingsFile.load(sources.config());
        ProcessSettings process = ProcessSettings.read(sources);
        loops = new EventLoops(process.threads());
        stalls = new StallWatch(loops);
        accessLog = new AccessLog(settings.accessLog());
        listeners = new Listeners(loops, RequestObserver.all(metrics.requests(), accessLog));
        revisions = new Revisions(sources, settingsFile, loops, names, listeners, this::use);
        health = new Health(revisions::status);
        managementAddress = new InetSocketAddress(
                process.managementHost(), managementPort == null ? process.managementPort() : managementPort);
        management = new ManagementServer(managementAddress, health, new FlowList(revisions::flows), metrics);
        measure();
    }

    /**
     * Starts everything; when it returns, the flows are served.
     *
     * @throws io.proxystone.config.InvalidFilesException if flows or settings are wrong
     */
    static Gateway start(Sources sources, @Nullable Integer managementPort) throws Exception {
        Gateway gateway = new Gateway(sources, managementPort);
        try {
            SourceWatch watch = sources.singleOrigin() == null ? new SourceWatch(gateway.revisions) : null;
            gateway.watch = watch;
            CompletableFuture<Void> managementStarted = CompletableFuture.runAsync(gateway::startManagement);
            try {
                gateway.revisions.replace();
            } finally {
                // Either fails by itself, and neither may still be starting when everything is closed.
                managementStarted.exceptionally(e -> null).join();
            }
            managementStarted.get();
            if (watch != null) {
                watch.start();
            }
            return gateway;
        } catch (ExecutionException e) {
            gateway.close(0);
            throw e.getCause() instanceof Exception cause ? cause : e;
        } catch (Exception e) {
            gateway.close(0);
            throw e;
        }
    }

    private void startManagement() {
        try {
            management.start();
        } catch (Exception e) {
            throw new IllegalStateException(
                    "The management port cannot be opened on " + managementAddress + ": " + e.getMessage(), e);
        }
    }

    private void use(GatewaySettings newSettings) {
        settings = newSettings;
        accessLog.use(newSettings.accessLog());
        metrics.use(upstreamStatistics());
        metrics.useFlows(revisions.flows().stream().map(FlowState::id).collect(Collectors.toSet()));
    }

    private Map<String, UpstreamStatistics> upstreamStatistics() {
        Map<String, UpstreamStatistics> statistics = new HashMap<>();
        for (UpstreamClient upstream : revisions.upstreams()) {
            statistics.put(upstream.name(), upstream.statistics());
        }
        return statistics;
    }

    private void measure() {
        metrics.gauge(
                "proxy.stone.requests.in.flight", "Requests being answered now", () -> sum(Listener::requestsInFlight));
        metrics.gauge("proxy.stone.connections", "Connections of clients open now", () -> sum(Listener::connections));
        metrics.counter(
                "proxy.stone.connections.accepted", "Connections of clients accepted", () -> sum(Listener::accepted));
        metrics.counter(
                "proxy.stone.connections.refused",
                "Connections refused for want of room",
                () -> sum(Listener::refused));
        metrics.gauge(
                "proxy.stone.loop.lag.seconds",
                "How late the busiest event loop was at its last tick",
                this::lagSeconds);
        metrics.gauge("proxy.stone.revision", "Number of the revision that serves", () -> revisions
                .status()
                .number());
        metrics.gauge(
                "proxy.stone.revision.rejected",
                "1 while files say something that was rejected",
                () -> revisions.status().rejectedAt() == null ? 0 : 1);
        metrics.counter("proxy.stone.revision.rejections", "Revisions rejected", revisions::rejections);
        metrics.counter("proxy.stone.access.log.dropped", "Lines the disk was too slow for", accessLog::dropped);
    }

    /** Reads a number off a listener. */
    private interface Reading {
        long read(Listener listener);
    }

    private long sum(Reading reading) {
        return listeners.all().stream().mapToLong(reading::read).sum();
    }

    private double lagSeconds() {
        long worst = loops.all().stream()
                .mapToLong((Loop loop) -> loop.deadlines().lagNanos())
                .max()
                .orElse(0);
        return worst / 1e9;
    }

    /** Looks at flows and settings again, and opens the access log anew. */
    void reload() {
        accessLog.reopen();
        if (watch != null) {
            watch.reload();
        }
    }

    /** Tells where what is served. */
    void printReady(PrintStream out, long nanos) {
        StringBuilder text = new StringBuilder("Proxy Stone is ready after ")
                .append(Duration.ofNanos(nanos).toMillis())
                .append(" ms\n");
        for (Listener listener : listeners.all()) {
            text.append("  listening on   http://")
                    .append(listener.address().getHostString())
                    .append(':')
                    .append(listener.port())
                    .append('\n');
        }
        text.append("  management on  http://")
                .append(managementAddress.getHostString())
                .append(':')
                .append(managementAddress.getPort());
        text.append("  (/health, /metrics, /flows)\n");
        for (FlowState flow : revisions.flows()) {
            text.append("  flow           ")
                    .append(String.format("%-20s %s", flow.id(), flow.from()))
                    .append('\n');
        }
        out.print(text);
        out.flush();
    }

    /**
     * Ends everything in an order that fails no request: readiness turns down, connections end with their next answer, and
     * what takes longer than the configured time is cut.
     */
    void stop() {
        health.drain();
        LOG.info("Draining");
        closeWatch();
        try {
            listeners.drain();
            TimeUnit.MILLISECONDS.sleep(settings.shutdown().delay().toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        close(settings.shutdown().timeout().toMillis());
        LOG.info("Stopped");
    }

    private void closeWatch() {
        if (watch != null) {
            watch.close();
        }
    }

    private void close(long timeoutMillis) {
        closeWatch();
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        try {
            listeners.close(timeoutMillis, TimeUnit.MILLISECONDS);
            revisions.close(Math.max(0, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        management.close();
        accessLog.close();
        metrics.close();
        names.close();
        stalls.close();
        loops.close();
    }
}
