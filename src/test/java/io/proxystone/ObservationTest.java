package io.proxystone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.proxystone.testing.Origin;
import io.proxystone.testing.RawClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the management port tells. */
class ObservationTest {
    private static Origin origin;
    private static RunningGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        origin = Origin.saying("hello");
        gateway = RunningGateway.with().passThrough(origin.port()).start();
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
        origin.close();
    }

    private static String metrics() throws Exception {
        return gateway.manage("/metrics").body();
    }

    @Test
    void healthIsJsonThatNobodyStores() throws Exception {
        for (String path : new String[] {"/health", "/health/live", "/health/ready"}) {
            var answer = gateway.manage(path);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).startsWith("{\"status\":\"UP\"");
            assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        }
        assertThat(gateway.manage("/health").body()).contains("\"revision\":{\"number\":1,\"since\":\"");
    }

    @Test
    void requestsAreCountedByFlowMethodAndClassOfStatus() throws Exception {
        try (RawClient client = gateway.connect()) {
            client.exchange("PUT", "/");
            client.exchange("BREW", "/");
            client.exchange("BREW2", "/");
        }
        await().untilAsserted(() -> assertThat(metrics())
                .contains(
                        "proxy_stone_requests_seconds_bucket{flow=\"gateway\",method=\"PUT\",status=\"2xx\",le=\"10.0\"} 1",
                        "proxy_stone_requests_seconds_count{flow=\"gateway\",method=\"PUT\",status=\"2xx\"} 1",
                        "proxy_stone_requests_seconds_count{flow=\"gateway\",method=\"OTHER\",status=\"2xx\"} 2")
                .doesNotContain("BREW"));
    }

    @Test
    void everythingAnOperatorNeedsIsThere() throws Exception {
        try (RawClient client = gateway.connect()) {
            client.get("/");
            assertThat(metrics())
                    .contains(
                            "\nproxy_stone_requests_in_flight ",
                            "\nproxy_stone_connections 1",
                            "\nproxy_stone_connections_accepted_total ",
                            "\nproxy_stone_connections_refused_total 0",
                            "\nproxy_stone_request_bytes_total{flow=\"gateway\"} ",
                            "\nproxy_stone_response_bytes_total{flow=\"gateway\"} ",
                            "\nproxy_stone_upstream_connections{upstream=\"origin\"} 1",
                            "\nproxy_stone_upstream_active{upstream=\"origin\"} 0",
                            "\nproxy_stone_upstream_connects_total{upstream=\"origin\"} ",
                            "\nproxy_stone_upstream_reuses_total{upstream=\"origin\"} ",
                            "\nproxy_stone_upstream_failures_total{upstream=\"origin\"} 0",
                            "\nproxy_stone_loop_lag_seconds ",
                            "\nproxy_stone_revision ",
                            "\nproxy_stone_access_log_dropped_total 0",
                            "\njvm_memory_used_bytes{",
                            "\njvm_threads_live_threads ",
                            "\nprocess_files_open_files ");
        }
    }

    @Test
    void countersGoOnAfterACollection() throws Exception {
        System.gc();
        double before = value("proxy_stone_connections_accepted_total");
        try (RawClient client = gateway.connect()) {
            client.get("/");
        }
        assertThat(value("proxy_stone_connections_accepted_total")).isGreaterThan(before);
    }

    private static double value(String metric) throws Exception {
        return metrics()
                .lines()
                .filter(line -> line.startsWith(metric + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(metric.length() + 1)))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void metersOfAFlowGoWithIt() throws Exception {
        gateway.writeFlow("passing", RunningGateway.flow("passing", "/passing", "- to: upstream:origin"));
        gateway.reload();
        gateway.get("/passing");
        await().untilAsserted(() -> assertThat(metrics()).contains("flow=\"passing\""));
        gateway.deleteFlow("passing");
        gateway.reload();
        assertThat(metrics()).doesNotContain("flow=\"passing\"");
    }
}
