package io.proxystone.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.proxystone.testing.RawClient;
import io.proxystone.testing.RawMessage;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Responses that end too early, or never: the client gets an honest error, or sees that its answer is not complete. */
class CutShortTest extends ScriptedOriginTest {
    private static final String LENGTH = "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nhello";
    private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n";
    private static final String UNTIL_CLOSE = "HTTP/1.1 200 OK\r\n\r\nhello";

    private volatile CountDownLatch clientHasStart = new CountDownLatch(1);

    @Override
    String[] upstreamSettings() {
        return new String[] {"timeouts: {connect: 1s, response: 400ms, idle: 400ms, total: 2s}"};
    }

    private void assertCut(String request) throws IOException {
        try (RawClient client = gateway.connect()) {
            client.send(request);
            assertThatThrownBy(client::read).isInstanceOf(IOException.class);
        }
    }

    @TestFactory
    Stream<DynamicTest> contentThatIsNotCompleteNeverEndsCleanly() {
        return Stream.of(LENGTH, CHUNKED, CHUNKED + "5\r\nhe", CHUNKED + "0\r\n", CHUNKED + "0\r\nX: y\r\n")
                .map(octets -> DynamicTest.dynamicTest("after " + octets.replaceAll("\\R", "¶"), () -> {
                    originSendsAndCloses(octets);
                    assertCut("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
                    assertCut("GET / HTTP/1.0\r\n\r\n");
                }));
    }

    @TestFactory
    Stream<DynamicTest> resetAfterTheHeadNeverLooksLikeTheEnd() {
        return Stream.of(LENGTH, CHUNKED, UNTIL_CLOSE)
                .map(octets -> DynamicTest.dynamicTest("after " + octets.replaceAll("\\R", "¶"), () -> {
                    originAnswers((request, connection) -> {
                        connection.send(octets);
                        clientHasStart.await();
                        connection.reset();
                    });
                    for (String request :
                            new String[] {"GET / HTTP/1.1\r\nHost: a\r\n\r\n", "GET / HTTP/1.0\r\n\r\n"}) {
                        clientHasStart = new CountDownLatch(1);
                        try (RawClient client = gateway.connect()) {
                            client.send(request);
                            RawMessage head = new RawMessage(client.readHead(), new byte[0], List.of());
                            clientHasStart.countDown();
                            assertThatThrownBy(() -> client.readRest(head)).isInstanceOf(IOException.class);
                        }
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> connectionThatEndsBeforeTheHeadIsABadGateway() {
        return Stream.of("", "HTTP/1.1 2", "HTTP/1.1 200 OK\r\nA: b\r\n", "HTTP/1.1 103 Early Hints\r\n\r\n")
                .map(octets -> DynamicTest.dynamicTest("after " + octets.replaceAll("\\R", "¶"), () -> {
                    originAnswers((request, connection) -> {
                        connection.send(octets);
                        connection.reset();
                    });
                    try (RawClient client = gateway.connect()) {
                        client.send("POST / HTTP/1.0\r\nContent-Length: 1\r\n\r\nx");
                        RawMessage response = client.read();
                        assertThat(response.status()).isEqualTo(502);
                        assertThat(response.field("Content-Type")).isEqualTo("application/problem+json");
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> stallBeforeTheHeadIsAGatewayTimeout() {
        return Stream.of("", "HTTP/1.1 200 OK\r\nA: b\r\n", "HTTP/1.1 103 Early Hints\r\n\r\n")
                .map(octets -> DynamicTest.dynamicTest("after " + octets.replaceAll("\\R", "¶"), () -> {
                    originAnswers((request, connection) -> {
                        connection.send(octets);
                        assertThat(connection.isClosedByPeer()).isTrue();
                    });
                    try (RawClient client = gateway.connect()) {
                        client.send("GET / HTTP/1.0\r\n\r\n");
                        RawMessage response = client.read();
                        assertThat(response.status()).isEqualTo(504);
                        assertThat(response.text()).contains("urn:proxy-stone:problem:gateway-timeout");
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> stallInTheContentCutsTheAnswer() {
        return Stream.of(LENGTH, CHUNKED, UNTIL_CLOSE)
                .map(octets -> DynamicTest.dynamicTest("after " + octets.replaceAll("\\R", "¶"), () -> {
                    originAnswers((request, connection) -> {
                        connection.send(octets);
                        assertThat(connection.isClosedByPeer()).isTrue();
                    });
                    assertCut("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
                    assertCut("GET / HTTP/1.0\r\n\r\n");
                }));
    }

    @Test
    void stallInBufferedContentIsAGatewayTimeout() throws Exception {
        originAnswers((request, connection) -> {
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello");
            assertThat(connection.isClosedByPeer()).isTrue();
        });
        assertThat(get().status()).isEqualTo(504);
    }

    @Test
    void originThatStopsReadingIsAGatewayTimeout() throws Exception {
        originMeetsHead((request, connection) -> Thread.sleep(5_000));
        try (RawClient client = gateway.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000000\r\n\r\n");
            Thread upload = new Thread(() -> {
                try {
                    for (int i = 0; i < 1000; i++) {
                        client.send(new byte[100_000]);
                    }
                } catch (IOException e) {
                    // The gateway has closed.
                }
            });
            upload.start();
            assertThat(client.read().status()).isEqualTo(504);
            client.close();
            upload.join();
        }
    }

    @Test
    void slowDripPassesUntilTheTotalTimeIsOver() throws Exception {
        originAnswers((request, connection) -> {
            connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            while (true) {
                connection.sendChunk("x");
                Thread.sleep(100);
            }
        });
        try (RawClient client = gateway.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            client.readHead();
            for (int i = 0; i < 8; i++) {
                assertThat(client.readChunk()).containsExactly('x');
            }
            assertThatThrownBy(() -> {
                        while (client.readChunk().length > 0) {
                            // reads on
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void totalTimeCoversTheHead() throws Exception {
        originAnswers((request, connection) -> {
            for (int i = 0; i < 100; i++) {
                connection.send("HTTP/1.1 103 Early Hints\r\n\r\n");
                Thread.sleep(100);
            }
        });
        try (RawClient client = gateway.connect()) {
            client.send("GET / HTTP/1.0\r\n\r\n");
            assertThat(client.read().status()).isEqualTo(504);
        }
    }
}
