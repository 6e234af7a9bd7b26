package io.proxystone;

import static io.proxystone.RunningGateway.everythingTo;
import static io.proxystone.RunningGateway.flow;
import static io.proxystone.RunningGateway.upstream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.proxystone.testing.Origin;
import io.proxystone.testing.Ports;
import io.proxystone.testing.RawClient;
import io.proxystone.testing.RawMessage;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Flows and settings change while requests are under way. */
class ChangeUnderTrafficTest {
    private Origin origin;
    private RunningGateway gateway;

    @BeforeEach
    void start() throws Exception {
        origin = Origin.saying("old");
        gateway = RunningGateway.with().passThrough(origin.port()).start();
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
        origin.close();
    }

    private static String answering(String id, String path, String text) {
        return flow(id, path, "- setBody:\n    constant: " + text);
    }

    @Test
    void noRequestFailsWhileAFlowIsReplacedAgainAndAgain() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger answered = new AtomicInteger();
        Set<String> wrong = ConcurrentHashMap.newKeySet();
        List<Thread> clients = List.of(client(stop, answered, wrong), client(stop, answered, wrong));
        for (int i = 0; i < 12; i++) {
            gateway.writeFlow(
                    "gateway", i % 2 == 0 ? answering("gateway", "", "new") : everythingTo("upstream:origin"));
            gateway.writeFlow("other", answering("other", "/other", "other" + i));
            if (i % 3 == 0) {
                gateway.deleteFlow("other");
            }
            int before = answered.get();
            gateway.reload();
            await().until(() -> answered.get() > before + 5);
        }
        stop.set(true);
        for (Thread client : clients) {
            client.join();
        }
        assertThat(wrong).isEmpty();
    }

    /** Sends requests on keep-alive connections, one after the other, some with content. */
    private Thread client(AtomicBoolean stop, AtomicInteger answered, Set<String> wrong) {
        Thread thread = new Thread(() -> {
            try (RawClient client = gateway.connect()) {
                while (!stop.get()) {
                    client.send("POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\nab");
                    client.send("cd");
                    RawMessage response = client.read();
                    if (response.status() != 200 || !Set.of("old", "new").contains(response.text())) {
                        wrong.add(response.toString());
                    }
                    answered.incrementAndGet();
                }
            } catch (Exception e) {
                wrong.add(e.toString());
            }
        });
        thread.start();
        return thread;
    }

    @Test
    void requestWhoseContentIsStillComingFinishesOnTheFlowItFound() throws Exception {
        try (RawClient client = gateway.connect()) {
            client.send("POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\nab");
            await().untilAsserted(() ->
                    assertThat(gateway.manage("/metrics").body()).contains("proxy_stone_requests_in_flight 1"));
            gateway.writeFlow("gateway", answering("gateway", "", "new"));
            gateway.reload();
            awaitRetired();
            assertThat(gateway.get("/").body()).isEqualTo("new");
            client.send("cd");
            assertThat(client.read().text()).isEqualTo("old");
            assertThat(origin.take().text()).isEqualTo("abcd");
        }
    }

    /** Gives the old revision every chance to end too early. */
    private void awaitRetired() throws Exception {
        for (int i = 0; i < 20; i++) {
            gateway.get("/");
        }
        gateway.reload();
        gateway.reload();
    }

    @Test
    void streamedResponseGoesOnAcrossAChange() throws Exception {
        CountDownLatch more = new CountDownLatch(1);
        try (Origin slow = Origin.answering((request, connection) -> {
                    connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                    connection.sendChunk("first ");
                    more.await();
                    connection.sendChunk("second");
                    connection.send("0\r\n\r\n");
                });
                RawClient client = gateway.connect()) {
            gateway.writeSettings(upstream("origin", slow.port()));
            gateway.reload();
            client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(client.readHead().get(0)).isEqualTo("HTTP/1.1 200 OK");
            assertThat(client.readLine()).isEqualTo("6");
            assertThat(client.read(6)).asString(StandardCharsets.US_ASCII).isEqualTo("first ");
            gateway.writeSettings(upstream("origin", origin.port()));
            gateway.reload();
            assertThat(gateway.get("/").body()).isEqualTo("old");
            more.countDown();
            assertThat(client.readLine()).isEmpty();
            assertThat(client.readChunk()).asString(StandardCharsets.US_ASCII).isEqualTo("second");
            assertThat(client.readChunk()).isEmpty();
            client.readLine();
            assertThat(client.get("/").text()).isEqualTo("old");
        }
    }

    @Test
    void poolOfAnUnchangedUpstreamSurvivesAndThatOfAChangedOneIsReplaced() throws Exception {
        try (RawClient client = gateway.connect();
                Origin second = Origin.saying("second")) {
            client.get("/");
            gateway.writeFlow("gateway", everythingTo("upstream:origin") + answering("other", "/other", "other"));
            gateway.writeSettings(upstream("origin", origin.port()) + "listener: {limits: {header-fields: 50}}\n");
            gateway.reload();
            assertThat(client.get("/other").text()).isEqualTo("other");
            client.get("/");
            assertThat(origin.connections()).isEqualTo(1);

            gateway.writeSettings(upstream("origin", second.port()));
            gateway.reload();
            assertThat(client.get("/").text()).isEqualTo("second");
            await().untilAsserted(() -> assertThat(origin.openConnections()).isZero());
        }
    }

    @Test
    void limitsOfListenersChangeForNewConnections() throws Exception {
        String[] fields = new String[20];
        java.util.Arrays.setAll(fields, i -> "X-" + i + ": 1");
        try (RawClient before = gateway.connect()) {
            assertThat(before.get("/", fields).status()).isEqualTo(200);
            gateway.writeSettings(upstream("origin", origin.port()) + "listener: {limits: {header-fields: 10}}\n");
            gateway.reload();
            assertThat(before.get("/", fields).status()).isEqualTo(200);
            try (RawClient after = gateway.connect()) {
                assertThat(after.get("/", fields).status()).isEqualTo(431);
            }
        }
    }

    @Test
    void portsAppearAndDisappearWithTheirFlows() throws Exception {
        int port = Ports.free();
        gateway.writeFlow("side", answering("side", "", "side").replace("{{proxy.port}}", Integer.toString(port)));
        gateway.reload();
        try (RawClient client = new RawClient(port)) {
            assertThat(client.get("/").text()).isEqualTo("side");
            gateway.deleteFlow("side");
            gateway.reload();
            assertThat(client.get("/").field("Connection")).isEqualTo("close");
        }
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> new RawClient(port))
                .isInstanceOf(ConnectException.class);
    }

    @Test
    void flowForAPortThatIsTakenIsRejectedWithItsPlace() throws Exception {
        String flow = answering("taken", "", "x").replace("{{proxy.port}}", Integer.toString(origin.port()));
        gateway.writeFlow("taken", flow);
        gateway.reload();
        assertThat(gateway.manage("/health").body())
                .contains(
                        "taken.camel.yaml\",\"line\":2,\"key\":\"taken\"",
                        "cannot listen on 127.0.0.1:" + origin.port());
        assertThat(gateway.get("/").body()).isEqualTo("old");
    }

    @Test
    void hostOfAPortChanges() throws Exception {
        gateway.writeFlow("gateway", answering("gateway", "", "new").replace("{{proxy.host}}", "0.0.0.0"));
        gateway.reload();
        assertThat(gateway.get("/").body()).isEqualTo("new");
    }

    @Test
    void filesAreNoticedWithoutASignal() throws Exception {
        gateway.writeFlow("renamed", answering("renamed", "/renamed", "renamed"));
        awaitAnswer("/renamed", "renamed");
        gateway.deleteFlow("renamed");
        awaitAnswer("/renamed", "old");
        Path below = gateway.directory().resolve("routes/team/deep");
        Files.createDirectories(below);
        Files.writeString(below.resolve("below.camel.yaml"), answering("below", "/below", "below"));
        awaitAnswer("/below", "below");
        Files.writeString(below.resolve("below.camel.yaml"), answering("below", "/below", "changed"));
        awaitAnswer("/below", "changed");
        Files.write(below.resolve("latin1.yaml"), new byte[] {'-', ' ', (byte) 0xe9});
        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() ->
                        assertThat(gateway.manage("/health").body()).contains("latin1.yaml", "is not a text in UTF-8"));
        Files.delete(below.resolve("latin1.yaml"));
        Files.delete(below.resolve("below.camel.yaml"));
        Files.delete(below);
        awaitAnswer("/below", "old");
    }

    private void awaitAnswer(String path, String text) {
        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(gateway.get(path).body()).isEqualTo(text));
    }

    @Test
    void timerStopsInTheOldRevisionBeforeItStartsInTheNew() throws Exception {
        TimerTicks.NOW.set(0);
        TimerTicks.MOST.set(0);
        String timer = """
                - route:
                    id: tick
                    from:
                      uri: timer:tick?period=20&delay=0
                      steps:
                        - bean:
                            beanType: io.proxystone.ChangeUnderTrafficTest$TimerTicks
                            method: tick
                """;
        gateway.writeFlow("tick", timer);
        gateway.reload();
        await().until(() -> TimerTicks.COUNT.get() > 3);
        for (int i = 0; i < 3; i++) {
            gateway.reload();
            int before = TimerTicks.COUNT.get();
            await().until(() -> TimerTicks.COUNT.get() > before + 3);
        }
        assertThat(TimerTicks.MOST.get()).isEqualTo(1);
    }

    /** Counts how many ticks run at once. */
    public static final class TimerTicks {
        static final AtomicInteger COUNT = new AtomicInteger();
        static final AtomicInteger NOW = new AtomicInteger();
        static final AtomicInteger MOST = new AtomicInteger();

        private TimerTicks() {}

        public static void tick() throws InterruptedException {
            MOST.accumulateAndGet(NOW.incrementAndGet(), Math::max);
            Thread.sleep(15);
            NOW.decrementAndGet();
            COUNT.incrementAndGet();
        }
    }
}
