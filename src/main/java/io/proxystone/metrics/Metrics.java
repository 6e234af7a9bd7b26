package io.proxystone.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.proxystone.traffic.RequestObserver;
import io.proxystone.upstream.UpstreamStatistics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** The meters of the process and their text for Prometheus. */
public final class Metrics implements AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final RequestMetrics requests = new RequestMetrics(registry);
    private final JvmGcMetrics garbage = new JvmGcMetrics();
    private final Map<UpstreamStatistics, List<Meter>> upstreams = new HashMap<>();

    public Metrics() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        garbage.bindTo(registry);
    }

    /** The registry, for flows that count something of their own. */
    public MeterRegistry registry() {
        return registry;
    }

    public RequestObserver requests() {
        return requests;
    }

    /** A value that goes up and down. */
    public void gauge(String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value).description(description).register(registry);
    }

    /** A value that only goes up. The meter would forget a value object that nobody else holds: hence this one. */
    public void counter(String name, String description, Supplier<Number> value) {
        FunctionCounter.builder(name, this, self -> value.get().doubleValue())
                .description(description)
                .register(registry);
    }

    /** Measures these upstreams, by name, and no others any more. */
    public synchronized void use(Map<String, UpstreamStatistics> statistics) {
        upstreams.entrySet().removeIf(entry -> {
            boolean gone = !statistics.containsValue(entry.getKey());
            if (gone) {
                entry.getValue().forEach(registry::remove);
            }
            return gone;
        });
        statistics.forEach((name, each) -> upstreams.computeIfAbsent(each, key -> register(name, key)));
    }

    /** Forgets the meters of flows that are not among these. */
    public void useFlows(Set<String> flows) {
        requests.keepOnly(flows);
    }

    private List<Meter> register(String name, UpstreamStatistics statistics) {
        Tags tags = Tags.of("upstream", name);
        List<Meter> meters = new ArrayList<>();
        meters.add(
                gauge("proxy.stone.upstream.connections", "Connections open now", tags, statistics::openConnections));
        meters.add(gauge("proxy.stone.upstream.active", "Requests under way now", tags, statistics::activeRequests));
        meters.add(counter("proxy.stone.upstream.connects", "Connections opened", tags, statistics::openedConnections));
        meters.add(counter(
                "proxy.stone.upstream.reuses",
                "Requests that found a connection waiting",
                tags,
                statistics::reusedConnections));
        meters.add(counter(
                "proxy.stone.upstream.retries",
                "Requests sent again on a new connection",
                tags,
                statistics::retriedRequests));
        meters.add(counter(
                "proxy.stone.upstream.failures",
                "Requests the origin did not answer",
                tags,
                statistics::failedRequests));
        return meters;
    }

    private Gauge gauge(String name, String description, Tags tags, Supplier<Number> value) {
        return Gauge.builder(name, value).description(description).tags(tags).register(registry);
    }

    private FunctionCounter counter(String name, String description, Tags tags, Supplier<Number> value) {
        return FunctionCounter.builder(name, this, self -> value.get().doubleValue())
                .description(description)
                .tags(tags)
                .register(registry);
    }

    /** All meters in Prometheus's text format. */
    public String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        garbage.close();
        registry.close();
    }
}
