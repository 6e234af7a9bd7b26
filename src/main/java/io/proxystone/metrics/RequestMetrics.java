package io.proxystone.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.proxystone.traffic.CacheOutcome;
import io.proxystone.traffic.Outcome;
import io.proxystone.traffic.RequestObserver;
import io.proxystone.traffic.RequestRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Counts and times requests by flow, method and class of status. */
final class RequestMetrics implements RequestObserver {
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofNanos(2_500_000),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
    };
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "QUERY");
    private static final String[] CLASSES = {"none", "1xx", "2xx", "3xx", "4xx", "5xx"};
    private static final String NO_FLOW = "none";
    private static final String OTHER_METHOD = "OTHER";

    private final MeterRegistry registry;
    private final Map<String, FlowMeters> byFlow = new ConcurrentHashMap<>();

    RequestMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void requestEnded(RequestRecord request) {
        String flow = request.flow() == null ? NO_FLOW : request.flow();
        FlowMeters meters = byFlow.get(flow);
        if (meters == null) {
            meters = byFlow.computeIfAbsent(flow, FlowMeters::new);
        }
        meters.record(request);
    }

    /** Forgets the meters of flows that are not among these. A request of theirs that still ends makes them anew. */
    void keepOnly(Set<String> flows) {
        byFlow.values().removeIf(meters -> {
            boolean gone = !meters.flow.equals(NO_FLOW) && !flows.contains(meters.flow);
            if (gone) {
                meters.remove();
            }
            return gone;
        });
    }

    /** The meters of one flow, made as they are needed. */
    private final class FlowMeters {
        private final String flow;
        private final Counter requestBytes;
        private final Counter responseBytes;
        private final Counter clientsGone;
        private final Counter cutShort;
        private final Map<CacheOutcome, Counter> caches = new ConcurrentHashMap<>();
        private final Map<String, @Nullable Timer[]> timers = new ConcurrentHashMap<>();

        FlowMeters(String flow) {
            this.flow = flow;
            requestBytes = counter("proxy.stone.request.bytes", "Octets of request content received");
            responseBytes = counter("proxy.stone.response.bytes", "Octets of response content sent");
            clientsGone = counter(
                    "proxy.stone.clients.gone", "Requests whose client went away before the answer was complete");
            cutShort = counter("proxy.stone.responses.cut", "Responses that had started and could not be completed");
        }

        private Counter counter(String name, String description) {
            return Counter.builder(name)
                    .description(description)
                    .tag("flow", flow)
                    .register(registry);
        }

        void record(RequestRecord request) {
            timer(request).record(request.durationNanos(), TimeUnit.NANOSECONDS);
            if (request.requestBytes() > 0) {
                requestBytes.increment((double) request.requestBytes());
            }
            if (request.responseBytes() > 0) {
                responseBytes.increment((double) request.responseBytes());
            }
            if (request.cache() != null) {
                byCache(request.cache()).increment();
            }
            if (request.outcome() == Outcome.CLIENT_GONE) {
                clientsGone.increment();
            } else if (request.outcome() == Outcome.CUT_SHORT) {
                cutShort.increment();
            }
        }

        private Counter byCache(CacheOutcome outcome) {
            Counter counter = caches.get(outcome);
            return counter != null
                    ? counter
                    : caches.computeIfAbsent(outcome, each -> Counter.builder("proxy.stone.cache.requests")
                            .description("Requests that came to a cache, by what it did")
                            .tags("flow", flow, "outcome", each.text())
                            .register(registry));
        }

        void remove() {
            List.of(requestBytes, responseBytes, clientsGone, cutShort).forEach(registry::remove);
            caches.values().forEach(registry::remove);
            for (@Nullable Timer[] byClass : timers.values()) {
                for (@Nullable Timer timer : byClass) {
                    if (timer != null) {
                        registry.remove(timer);
                    }
                }
            }
        }

        private Timer timer(RequestRecord request) {
            String method =
                    request.method() != null && METHODS.contains(request.method()) ? request.method() : OTHER_METHOD;
            @Nullable Timer[] byClass = timers.computeIfAbsent(method, key -> new @Nullable Timer[CLASSES.length]);
            // An origin may make up a status; what is no class of HTTP counts as a failure (RFC 9110 §15).
            int statusClass = Math.min(request.status() / 100, CLASSES.length - 1);
            Timer timer = byClass[statusClass];
            if (timer == null) {
                // Registering twice yields the same timer, so that a race does no harm.
                timer = Timer.builder("proxy.stone.requests")
                        .description(
                                "Requests by flow, method and class of status, with the time until their last octet")
                        .tags("flow", flow, "method", method, "status", CLASSES[statusClass])
                        .serviceLevelObjectives(BUCKETS)
                        .register(registry);
                byClass[statusClass] = timer;
            }
            return timer;
        }
    }
}
