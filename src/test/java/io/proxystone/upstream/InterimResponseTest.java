package io.proxystone.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.proxystone.testing.RawClient;
import io.proxystone.testing.RawMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Interim responses (RFC 9110 §15.2), Expect: 100-continue (§10.1.1), and answers that come before the request is whole. */
class InterimResponseTest extends ScriptedOriginTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final String HINT =
            "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\nConnection: X-Hop\r\nX-Hop: 1\r\n\r\n";
    private static final int LARGE = 200_000;

    @Override
    String[] upstreamSettings() {
        return new String[] {"timeouts: {response: 5s, idle: 5s}"};
    }

    @Test
    void hintsReachTheClientBeforeTheAnswer() throws Exception {
        CountDownLatch hintSeen = new CountDownLatch(1);
        originAnswers((request, connection) -> {
            connection.send(HINT);
            hintSeen.await();
            connection.send("HTTP/1.1 102 Processing\r\n\r\n" + HINT + OK);
        });
        try (RawClient client = gateway.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.readHead()).containsExactly("HTTP/1.1 103 Early Hints", "Link: </a>");
            hintSeen.countDown();
            assertThat(client.readHead().get(0)).startsWith("HTTP/1.1 102 ");
            assertThat(client.readHead().get(0)).startsWith("HTTP/1.1 103 ");
            assertThat(client.read().text()).isEqualTo("ok");
            client.send("GET / HTTP/1.0\r\n\r\n");
            assertThat(client.read().text()).isEqualTo("ok");
        }
    }

    @Test
    void permissionNobodyAskedForIsIgnored() throws Exception {
        originSends("HTTP/1.1 100 Continue\r\n\r\n".repeat(20) + OK);
        assertThat(get().text()).isEqualTo("ok");
    }

    @Test
    void endlessInterimResponsesAreABadGateway() throws Exception {
        originAnswers((request, connection) -> {
            String many = HINT.repeat(1000);
            while (true) {
                connection.send(many);
            }
        });
        try (RawClient client = gateway.connect()) {
            client.send("GET / HTTP/1.0\r\n\r\n");
            assertThat(client.read().status()).isEqualTo(502);
        }
    }

    private RawClient expecting(int length) throws IOException {
        RawClient client = gateway.connect();
        client.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: " + length + "\r\n\r\n");
        return client;
    }

    @ParameterizedTest
    @ValueSource(ints = {5, LARGE})
    void originsPermissionReachesTheClient(int length) throws Exception {
        CountDownLatch mayContinue = new CountDownLatch(1);
        originMeetsHead((head, connection) -> {
            mayContinue.await();
            connection.send("HTTP/1.1 100 Continue\r\n\r\n");
            connection.respond(200, connection.readRest(head).body().length + " octets");
        });
        try (RawClient client = expecting(length)) {
            RawMessage head = origin.take();
            assertThat(head.field("Expect")).isEqualTo("100-continue");
            assertThat(head.field("Content-Length")).isEqualTo(Integer.toString(length));
            mayContinue.countDown();
            assertThat(client.readHead()).containsExactly("HTTP/1.1 100 Continue");
            client.send("x".repeat(length));
            assertThat(client.read().text()).isEqualTo(length + " octets");
            assertThat(client.get("/").status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"417 Expectation Failed", "401 Unauthorized", "200 OK"})
    void finalStatusInsteadOfPermissionReachesTheClient(String status) throws Exception {
        originMeetsHead(
                (head, connection) -> connection.send("HTTP/1.1 " + status + "\r\nContent-Length: 2\r\n\r\nno"));
        try (RawClient client = expecting(LARGE)) {
            RawMessage response = client.read();
            assertThat(response.startLine()).isEqualTo("HTTP/1.1 " + status);
            assertThat(response.text()).isEqualTo("no");
            // Whether content follows cannot be known, so nothing else may.
            assertThat(response.field("Connection")).isEqualTo("close");
            assertThat(client.isClosedByPeer()).isTrue();
        }
    }

    @Test
    void originThatIgnoresTheExpectationGetsTheContentAfterAMoment() throws Exception {
        originAnswers((request, connection) -> connection.respond(200, request.body().length + " octets"));
        try (RawClient client = expecting(LARGE)) {
            assertThat(client.readHead()).containsExactly("HTTP/1.1 100 Continue");
            client.send("x".repeat(LARGE));
            assertThat(client.read().text()).isEqualTo(LARGE + " octets");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void answerThatComesWhileTheClientUploadsReachesIt(boolean originCloses) throws Exception {
        originMeetsHead((head, connection) -> {
            connection.read(10_000);
            connection.send("HTTP/1.1 413 Content Too Large\r\nContent-Length: 8\r\nConnection: close\r\n\r\ntoo much");
            if (originCloses) {
                // With content unread this resets the connection right behind the answer.
                connection.close();
            } else {
                connection.read(50_000_000);
            }
        });
        for (int i = 0; i < 5; i++) {
            try (RawClient client = gateway.connect()) {
                Thread upload = new Thread(() -> {
                    try {
                        client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 50000000\r\n\r\n");
                        for (int piece = 0; piece < 500; piece++) {
                            client.send(new byte[100_000]);
                        }
                    } catch (IOException e) {
                        // The gateway has closed.
                    }
                });
                upload.start();
                RawMessage response = client.read();
                assertThat(response.status()).isEqualTo(413);
                assertThat(response.text()).isEqualTo("too much");
                client.close();
                upload.join();
            }
        }
    }

    @Test
    void answerMayStartAndGoOnWhileTheRequestGoesOn() throws Exception {
        originMeetsHead((head, connection) -> {
            connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (int i = 0; i < 3; i++) {
                String piece = new String(connection.readChunk(), StandardCharsets.US_ASCII);
                connection.sendChunk("got " + piece);
            }
            connection.readChunk();
            connection.readLine();
            connection.send("0\r\n\r\n");
        });
        try (RawClient client = gateway.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
            assertThat(client.readHead().get(0)).isEqualTo("HTTP/1.1 200 OK");
            for (String piece : List.of("a", "b", "c")) {
                client.sendChunk(piece);
                assertThat(new String(client.readChunk(), StandardCharsets.US_ASCII))
                        .isEqualTo("got " + piece);
            }
            client.send("0\r\n\r\n");
            assertThat(client.readChunk()).isEmpty();
            client.readLine();
            originSends(OK);
            assertThat(client.get("/").status()).isEqualTo(200);
        }
    }
}
