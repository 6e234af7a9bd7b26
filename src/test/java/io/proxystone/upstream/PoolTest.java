package io.proxystone.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.proxystone.RunningGateway;
import io.proxystone.testing.RawClient;
import io.proxystone.testing.RawMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How connections to an origin are kept, shared, bounded and given up: two of them at most, over two event loops. */
class PoolTest extends ScriptedOriginTest {
    private volatile CountDownLatch mayAnswer = new CountDownLatch(0);

    @Override
    RunningGateway.Builder configure(RunningGateway.Builder builder) throws IOException {
        return super.configure(builder.property("proxy.threads", "2"));
    }

    @Override
    String[] upstreamSettings() {
        return new String[] {
            "pool: {max-connections: 2, max-idle: 2, idle-time: 1500ms, max-waiting: 3, wait-time: 600ms}",
            "timeouts: {response: 5s}"
        };
    }

    private void originWaits() {
        mayAnswer = new CountDownLatch(1);
        originAnswers((request, connection) -> {
            mayAnswer.await();
            connection.respond(200, "late");
        });
    }

    private void awaitNoConnections() {
        await().until(() -> origin.openConnections() == 0 && meter("connections") == 0);
    }

    @Test
    void connectionIsUsedAgainAndClosedWhenIdle() throws Exception {
        awaitNoConnections();
        double opened = meter("connects_total");
        double reused = meter("reuses_total");
        try (RawClient client = gateway.connect()) {
            for (int i = 0; i < 5; i++) {
                assertThat(client.get("/").status()).isEqualTo(200);
            }
        }
        assertThat(meter("connects_total") - opened).isEqualTo(1);
        assertThat(meter("reuses_total") - reused).isEqualTo(4);
        awaitNoConnections();
        assertThat(meter("active")).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: x, Close\r\n\r\nok",
                "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok"
            })
    void connectionTheOriginWillCloseIsNotUsedAgain(String response) throws Exception {
        originSends(response);
        try (RawClient client = gateway.connect()) {
            int before = origin.connections();
            for (int i = 0; i < 3; i++) {
                assertThat(client.get("/").text()).isEqualTo("ok");
            }
            assertThat(origin.connections() - before).isEqualTo(3);
        }
    }

    @Test
    void oldOriginThatKeepsItsConnectionIsAskedOnItAgain() throws Exception {
        originSends("HTTP/1.0 200 OK\r\nContent-Length: 2\r\nConnection: keep-alive\r\n\r\nok");
        awaitNoConnections();
        try (RawClient client = gateway.connect()) {
            int before = origin.connections();
            client.get("/");
            client.get("/");
            assertThat(origin.connections() - before).isEqualTo(1);
        }
    }

    @Test
    void idleConnectionOfOneLoopMakesRoomForAnother() throws Exception {
        // Connections go to the loops in turn: the first and third client's loop has all connections, then none.
        try (RawClient first = gateway.connect();
                RawClient second = gateway.connect();
                RawClient third = gateway.connect()) {
            mayAnswer = new CountDownLatch(1);
            originWaits();
            first.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            third.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            origin.take();
            origin.take();
            mayAnswer.countDown();
            assertThat(first.read().text()).isEqualTo("late");
            assertThat(third.read().text()).isEqualTo("late");
            assertThat(second.get("/").status()).isEqualTo(200);
        }
    }

    @Test
    void requestsBeyondTheBoundWaitAndThenFail() throws Exception {
        awaitNoConnections();
        originWaits();
        List<RawClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 10; i++) {
                RawClient client = gateway.connect();
                clients.add(client);
                client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            }
            await().until(() -> meter("active") <= 8);
            assertThat(origin.connections()).isPositive();
            AtomicInteger unavailable = new AtomicInteger();
            // Two are at the origin, three wait on each loop at most; all but the two fail when their time is over.
            await().until(() -> meter("active") == 2);
            assertThat(origin.openConnections()).isEqualTo(2);
            mayAnswer.countDown();
            for (RawClient client : clients) {
                RawMessage response = client.read();
                if (response.status() == 503) {
                    assertThat(response.text()).contains("urn:proxy-stone:problem:unavailable");
                    assertThat(response.field("Retry-After")).isEqualTo("1");
                    unavailable.incrementAndGet();
                } else {
                    assertThat(response.text()).isEqualTo("late");
                }
            }
            assertThat(unavailable).hasValue(8);
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
        awaitNoConnections();
    }

    @Test
    void waitingRequestsOfAllLoopsGetTheirTurn() throws Exception {
        originWaits();
        List<RawClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 6; i++) {
                RawClient client = gateway.connect();
                clients.add(client);
                client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            }
            await().until(() -> meter("active") == 6);
            mayAnswer.countDown();
            for (RawClient client : clients) {
                assertThat(client.read().text()).isEqualTo("late");
            }
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
    }

    @Test
    void clientsThatLeaveGiveUpTheirPlaces() throws Exception {
        originWaits();
        for (int round = 0; round < 3; round++) {
            List<RawClient> clients = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                RawClient client = gateway.connect();
                clients.add(client);
                client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            }
            await().until(() -> meter("active") == 6);
            for (RawClient client : clients) {
                client.reset();
            }
            await().until(() -> meter("active") == 0);
        }
        mayAnswer.countDown();
        assertThat(get().text()).isEqualTo("late");
        awaitNoConnections();
    }

    /** Has the origin answer the first request on each connection, and drop the next one on it without an answer. */
    private void originIsStale(AtomicInteger dropped) {
        originAnswers((request, connection) -> {
            if (request.startLine().contains("/first")) {
                connection.respond(200, "first");
            } else if (request.startLine().contains("/again") && dropped.getAndIncrement() == 0) {
                connection.reset();
            } else {
                connection.respond(200, "again");
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "PUT", "DELETE"})
    void requestOnAStaleConnectionIsSentOnceMore(String method) throws Exception {
        AtomicInteger dropped = new AtomicInteger();
        originIsStale(dropped);
        try (RawClient client = gateway.connect()) {
            double retried = meter("retries_total");
            client.get("/first");
            client.send(method + " /again HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbody");
            assertThat(client.read(method).status()).isEqualTo(200);
            assertThat(meter("retries_total") - retried).isEqualTo(1);
            origin.take();
            assertThat(origin.take().head()).isEqualTo(origin.take().head());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PATCH", "M-SEARCH"})
    void requestThatMayNotBeRepeatedIsNot(String method) throws Exception {
        AtomicInteger dropped = new AtomicInteger();
        originIsStale(dropped);
        try (RawClient client = gateway.connect()) {
            client.get("/first");
            assertThat(client.exchange(method, "/again").status()).isEqualTo(502);
            assertThat(dropped).hasValue(1);
        }
    }

    @Test
    void requestOnANewConnectionIsNotSentTwice() throws Exception {
        awaitNoConnections();
        originAnswers((request, connection) -> connection.reset());
        assertThat(get().status()).isEqualTo(502);
        origin.take();
        assertThat(origin.waiting()).isZero();
    }

    @Test
    void requestIsNotSentTwiceOnceAnAnswerHasBegun() throws Exception {
        originAnswers((request, connection) -> {
            if (request.startLine().contains("/first")) {
                connection.respond(200, "first");
            } else {
                connection.send("HTTP/1.1 2");
                connection.close();
            }
        });
        try (RawClient client = gateway.connect()) {
            client.get("/first");
            assertThat(client.get("/again").status()).isEqualTo(502);
        }
        origin.take();
        origin.take();
        assertThat(origin.waiting()).isZero();
    }

    @Test
    void postAvoidsConnectionsTheOriginHasClosed() throws Exception {
        // The origin closes without a word after each answer, so that every used connection is stale.
        originAnswers((request, connection) -> {
            connection.respond(200, "ok");
            connection.close();
        });
        try (RawClient client = gateway.connect()) {
            for (int i = 0; i < 20; i++) {
                client.get("/");
                await().until(() -> origin.openConnections() == 0);
                assertThat(client.exchange("POST", "/").status()).isEqualTo(200);
                await().until(() -> origin.openConnections() == 0);
            }
        }
    }
}
