package io.proxystone.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.proxystone.RunningGateway;
import io.proxystone.testing.Origin;
import io.proxystone.testing.RawClient;
import io.proxystone.testing.RawMessage;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long clients may take, and how many there may be. */
class TimeoutsTest {
    private static final int LARGE = 32 * 1024 * 1024;

    private static Origin origin;
    private static RunningGateway gateway;
    private RawClient client;

    @BeforeAll
    static void start() throws Exception {
        origin = Origin.answering((request, connection) -> {
            if (request.startLine().contains("/large")) {
                connection.send("HTTP/1.1 200 OK\r\nContent-Length: " + LARGE + "\r\n\r\n");
                byte[] piece = new byte[64 * 1024];
                for (int sent = 0; sent < LARGE; sent += piece.length) {
                    connection.send(piece);
                }
            } else {
                connection.respond(200, "hello");
            }
        });
        gateway = RunningGateway.with()
                .flow("gateway", RunningGateway.everythingTo("upstream:origin"))
                .flow("constant", RunningGateway.flow("constant", "/constant", "- setBody: {constant: done}"))
                .flow("memory", RunningGateway.flow("memory", "/memory", """
                        - to: upstream:origin
                        - threads: {}
                        - convertBodyTo: {type: "byte[]"}
                        """))
                .settings(RunningGateway.upstream("origin", origin.port()) + """
                        listener:
                          timeouts: {header: 300ms, idle: 1s, body: 300ms, send: 600ms}
                          limits: {connections: 3}
                        """)
                .start();
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
        origin.close();
    }

    @BeforeEach
    void connect() throws Exception {
        // Connections of the test before may still be on their way out, and there is room for three.
        await().until(() -> gateway.manage("/metrics").body().contains("\nproxy_stone_connections 0.0"));
        client = gateway.connect();
    }

    @AfterEach
    void disconnect() throws Exception {
        client.close();
    }

    private void assertTimedOut() throws IOException {
        RawMessage answer = client.read();
        Refusals.assertProblem(answer, 408);
        assertThat(answer.field("Connection")).isEqualTo("close");
        assertThat(client.isClosedByPeer()).isTrue();
    }

    @Test
    void headThatDoesNotEndIsRefused() throws Exception {
        client.send("GET / HTTP/1.1\r\nHost: a.test\r\n");
        assertTimedOut();
    }

    @Test
    void headThatTricklesIsRefused() throws Exception {
        Thread trickle = new Thread(() -> {
            try {
                client.send("GET / HTTP/1.1\r\n");
                while (true) {
                    client.send("A: b\r\n");
                    Thread.sleep(50);
                }
            } catch (IOException | InterruptedException e) {
                // The gateway had enough.
            }
        });
        trickle.start();
        assertTimedOut();
        client.close();
        trickle.join();
    }

    @Test
    void headThatStartsInTheSamePieceAsAnotherEndsIsTimedToo() throws Exception {
        client.send("GET /constant HTTP/1.1\r\nHost: ");
        Thread.sleep(50);
        client.send("a.test\r\n\r\nGET /constant HTTP/1.1\r\nHost: ");
        assertThat(client.read().text()).isEqualTo("done");
        assertTimedOut();
    }

    @Test
    void contentThatDoesNotComeIsRefused() throws Exception {
        client.send("POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 5\r\n\r\nhell");
        assertTimedOut();
    }

    @Test
    void contentThatDoesNotComeOnItsWayToTheOriginIsRefused() throws Exception {
        client.send("POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel");
        assertTimedOut();
    }

    @Test
    void connectionBetweenRequestsIsClosedWithoutAWord() throws Exception {
        assertThat(client.get("/").text()).isEqualTo("hello");
        assertThat(client.isClosedByPeer()).isTrue();
        try (RawClient silent = gateway.connect()) {
            assertThat(silent.isClosedByPeer()).isTrue();
        }
    }

    @Test
    void clientThatTakesNothingIsCut() throws Exception {
        try (RawClient deaf = new RawClient(gateway.port(), 4096)) {
            deaf.send("GET /large HTTP/1.1\r\nHost: a.test\r\n\r\n");
            Thread.sleep(1500);
            assertThat(readToEnd(deaf)).isLessThan(LARGE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/large", "/memory/large"})
    void slowClientThatTakesSomethingGetsEverything(String path) throws Exception {
        try (RawClient slow = new RawClient(gateway.port(), 64 * 1024)) {
            slow.send("GET " + path + " HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n");
            slow.readHead();
            for (int i = 0; i < 20; i++) {
                slow.read(1024 * 1024);
                Thread.sleep(60);
            }
            assertThat(slow.read(LARGE - 20 * 1024 * 1024)).hasSize(LARGE - 20 * 1024 * 1024);
        }
    }

    @Test
    void halfClosedClientGetsALongAnswerToItsEnd() throws Exception {
        client.send("GET /large HTTP/1.1\r\nHost: a.test\r\n\r\n");
        client.halfClose();
        client.readHead();
        for (int read = 0; read < LARGE; read += 1024 * 1024) {
            client.read(1024 * 1024);
            Thread.sleep(50);
        }
        assertThat(client.isClosedByPeer()).isTrue();
    }

    /** The octets that still come. */
    private static long readToEnd(RawClient client) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        long count = 0;
        try {
            InputStream in = client.socket().getInputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                count += n;
            }
        } catch (SocketException e) {
            // The gateway cut the connection.
        }
        return count;
    }

    @Test
    void connectionBeyondTheLimitIsToldSo() throws Exception {
        try (RawClient second = gateway.connect();
                RawClient third = gateway.connect()) {
            assertThat(client.get("/constant").status()).isEqualTo(200);
            assertThat(second.get("/constant").status()).isEqualTo(200);
            assertThat(third.get("/constant").status()).isEqualTo(200);
            try (RawClient fourth = gateway.connect()) {
                fourth.send("POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 5\r\n\r\nhello");
                RawMessage answer = fourth.read();
                Refusals.assertProblem(answer, 503);
                assertThat(answer.field("Retry-After")).isEqualTo("1");
                assertThat(answer.field("Connection")).isEqualTo("close");
                assertThat(fourth.isClosedByPeer()).isTrue();
            }
            second.close();
            await().untilAsserted(() -> {
                try (RawClient fifth = gateway.connect()) {
                    assertThat(fifth.get("/constant").status()).isEqualTo(200);
                }
            });
        }
    }
}
