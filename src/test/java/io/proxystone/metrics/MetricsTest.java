package io.proxystone.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.proxystone.upstream.UpstreamStatistics;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What meters tell of values that others keep. */
class MetricsTest {

    @Test
    void aCounterGoesOnAfterAGarbageCollection() {
        AtomicLong value = new AtomicLong();
        try (Metrics metrics = new Metrics()) {
            metrics.counter("things.done", "Things done", value::get);
            collectGarbage();
            value.set(3);
            assertThat(metrics.scrape()).contains("things_done_total 3.0");
        }
    }

    @Test
    void anUpstreamsCountersGoOnAfterAGarbageCollection() {
        UpstreamStatistics statistics = new UpstreamStatistics();
        try (Metrics metrics = new Metrics()) {
            metrics.use(Map.of("catalog", statistics));
            collectGarbage();
            statistics.opened();
            assertThat(metrics.scrape())
                    .contains("proxy_stone_upstream_connects_total{upstream=\"catalog\"} 1.0")
                    .contains("proxy_stone_upstream_connections{upstream=\"catalog\"} 1.0");
        }
    }

    @Test
    void anUpstreamThatIsGoneIsNotMeasured() {
        try (Metrics metrics = new Metrics()) {
            metrics.use(Map.of("catalog", new UpstreamStatistics()));
            metrics.use(Map.of("stock", new UpstreamStatistics()));
            assertThat(metrics.scrape()).contains("upstream=\"stock\"").doesNotContain("upstream=\"catalog\"");
        }
    }

    private static void collectGarbage() {
        WeakReference<Object> witness = new WeakReference<>(new Object());
        await().until(() -> {
            System.gc();
            return witness.get() == null;
        });
    }
}
