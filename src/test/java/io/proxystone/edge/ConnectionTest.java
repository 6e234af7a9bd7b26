package io.proxystone.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.proxystone.RunningGateway;
import io.proxystone.testing.Origin;
import io.proxystone.testing.RawClient;
import io.proxystone.testing.RawMessage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a client's connection lives: persistence, pipelining and its end (RFC 9112 §9). */
class ConnectionTest {
    private static volatile CountDownLatch slow = new CountDownLatch(1);
    private static Origin origin;
    private static RunningGateway gateway;
    private RawClient client;

    @BeforeAll
    static void start() throws Exception {
        origin = Origin.answering(ConnectionTest::answer);
        gateway = RunningGateway.with().passThrough(origin.port()).start();
    }

    private static void answer(RawMessage request, Origin.Connection connection) throws Exception {
        String path = request.startLine().split(" ")[1];
        if (path.startsWith("/slow")) {
            slow.await(10, TimeUnit.SECONDS);
        }
        switch (path) {
            case "/close" -> connection.respond(200, path, "Connection: close");
            case "/chunked" -> {
                connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                connection.sendChunk("/chun");
                connection.sendChunk("ked");
                connection.send("0\r\n\r\n");
            }
            default -> {
                if (request.startLine().startsWith("HEAD ")) {
                    connection.send("HTTP/1.1 200 OK\r\nContent-Length: 4711\r\nETag: \"x\"\r\n\r\n");
                } else {
                    connection.respond(200, path);
                }
            }
        }
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
        origin.close();
    }

    @BeforeEach
    void connect() throws Exception {
        slow = new CountDownLatch(1);
        client = gateway.connect();
    }

    @AfterEach
    void disconnect() throws Exception {
        slow.countDown();
        client.close();
    }

    private static String get(String path, String... fields) {
        StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: a.test\r\n");
        for (String field : fields) {
            request.append(field).append("\r\n");
        }
        return request.append("\r\n").toString();
    }

    @Test
    void staysOpenForTheNextRequest() throws Exception {
        for (int i = 0; i < 3; i++) {
            RawMessage answer = client.get("/" + i);
            assertThat(answer.text()).isEqualTo("/" + i);
            assertThat(answer.field("Connection")).isNull();
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInTheirOrder() throws Exception {
        client.send(get("/slow") + get("/1") + get("/chunked") + get("/nowhere/%") + get("/never"));
        client.send("");
        slow.countDown();
        assertThat(client.read().text()).isEqualTo("/slow");
        assertThat(client.read().text()).isEqualTo("/1");
        assertThat(client.read().text()).isEqualTo("/chunked");
        assertThat(client.read().status()).isEqualTo(400);
        assertThat(client.isClosedByPeer()).isTrue();
    }

    @Test
    void pipelinedRequestsWithContentAreToldApart() throws Exception {
        String post = "POST /%d HTTP/1.1\r\nHost: a.test\r\nContent-Length: 5\r\n\r\nhello";
        String chunked =
                "POST /%d HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n";
        StringBuilder requests = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            requests.append(post.formatted(2 * i)).append(chunked.formatted(2 * i + 1));
        }
        client.send(requests.toString());
        for (int i = 0; i < 20; i++) {
            assertThat(client.read().text()).isEqualTo("/" + i);
        }
    }

    @Test
    void morePipelinedRequestsThanAreReadAheadAreAllAnswered() throws Exception {
        String padding = "X-Padding: " + "x".repeat(1000);
        client.send(get("/slow"));
        Thread sender = new Thread(() -> {
            try {
                for (int i = 0; i < 300; i++) {
                    client.send(get("/" + i, padding));
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        sender.start();
        slow.countDown();
        assertThat(client.read().text()).isEqualTo("/slow");
        for (int i = 0; i < 300; i++) {
            assertThat(client.read().text()).isEqualTo("/" + i);
        }
        sender.join();
    }

    @Test
    void emptyLinesBeforeARequestAreSkipped() throws Exception {
        client.send("\r\n" + get("/1") + "\r\n\r\n" + get("/2"));
        assertThat(client.read().text()).isEqualTo("/1");
        assertThat(client.read().text()).isEqualTo("/2");
    }

    @Test
    void requestMayArriveOctetByOctet() throws Exception {
        String request = "\r\nPOST /drip HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n";
        String content = "5;x=y\r\nhello\r\n0\r\nA: b\r\n\r\n";
        for (char octet : (request + content + request + content).toCharArray()) {
            client.send(String.valueOf(octet));
        }
        assertThat(client.read().text()).isEqualTo("/drip");
        assertThat(client.read().text()).isEqualTo("/drip");
    }

    @Test
    void closesWhenTheClientSaysSo() throws Exception {
        client.send(get("/1", "Connection: foo, Close") + get("/2"));
        RawMessage answer = client.read();
        assertThat(answer.text()).isEqualTo("/1");
        assertThat(answer.field("Connection")).isEqualTo("close");
        assertThat(client.isClosedByPeer()).isTrue();
    }

    @Test
    void originThatClosesDoesNotCloseTheClient() throws Exception {
        RawMessage answer = client.get("/close");
        assertThat(answer.field("Connection")).isNull();
        assertThat(client.get("/next").text()).isEqualTo("/next");
    }

    @Test
    void http10ClosesUnlessAskedToStay() throws Exception {
        client.send("GET /1 HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n");
        RawMessage first = client.read();
        assertThat(first.text()).isEqualTo("/1");
        assertThat(first.field("Connection")).isEqualTo("keep-alive");
        client.send("GET /2 HTTP/1.0\r\n\r\n");
        RawMessage second = client.read();
        assertThat(second.text()).isEqualTo("/2");
        assertThat(second.field("Connection")).isEqualTo("close");
        assertThat(client.isClosedByPeer()).isTrue();
    }

    @Test
    void http10GetsNoChunks() throws Exception {
        client.send("GET /chunked HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
        RawMessage answer = client.read();
        assertThat(answer.field("Transfer-Encoding")).isNull();
        assertThat(answer.field("Connection")).isEqualTo("close");
        assertThat(answer.text()).isEqualTo("/chunked");
        assertThat(client.isClosedByPeer()).isTrue();
    }

    @Test
    void http10AndHigherMinorVersionsAreAnsweredAsHttp11() throws Exception {
        client.send("GET /1 HTTP/1.9\r\nHost: a.test\r\n\r\n");
        assertThat(client.read().startLine()).startsWith("HTTP/1.1 200");
        client.send("GET /1 HTTP/1.0\r\n\r\n");
        assertThat(client.read().startLine()).startsWith("HTTP/1.1 200");
    }

    @Test
    void headHasTheHeadOfGetAndNoContent() throws Exception {
        RawMessage answer = client.exchange("HEAD", "/x");
        assertThat(answer.field("Content-Length")).isEqualTo("4711");
        assertThat(answer.field("ETag")).isEqualTo("\"x\"");
        assertThat(client.get("/next").text()).isEqualTo("/next");
    }

    @Test
    void refusedHeadHasNoContentEither() throws Exception {
        client.send("HEAD / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: x\r\n\r\n");
        RawMessage answer = client.read("HEAD");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(client.isClosedByPeer()).isTrue();
    }

    @Test
    void halfClosedClientGetsItsAnswers() throws Exception {
        client.send(get("/slow") + get("/1") + get("/nowhere") + get("/chunked"));
        client.halfClose();
        slow.countDown();
        assertThat(client.read().text()).isEqualTo("/slow");
        assertThat(client.read().text()).isEqualTo("/1");
        assertThat(client.read().text()).isEqualTo("/nowhere");
        assertThat(client.read().text()).isEqualTo("/chunked");
        assertThat(client.isClosedByPeer()).isTrue();
    }

    @Test
    void halfClosedClientWithoutAWholeRequestIsClosed() throws Exception {
        int before = origin.waiting();
        client.send("GET / HTTP/1.1\r\nHost: a.te");
        client.halfClose();
        assertThat(client.isClosedByPeer()).isTrue();
        try (RawClient other = gateway.connect()) {
            other.send("POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 10\r\n\r\nhello");
            other.halfClose();
            assertThat(other.isClosedByPeer()).isTrue();
        }
        assertThat(origin.waiting()).isEqualTo(before);
    }
}
