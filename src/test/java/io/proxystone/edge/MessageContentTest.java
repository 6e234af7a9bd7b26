package io.proxystone.edge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.proxystone.RunningGateway;
import io.proxystone.testing.Origin;
import io.proxystone.testing.RawClient;
import io.proxystone.testing.RawMessage;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Content and trailers in both directions, content nobody reads, and the limit of a flow. */
class MessageContentTest {
    private static Origin origin;
    private static RunningGateway gateway;
    private RawClient client;

    @BeforeAll
    static void start() throws Exception {
        origin = Origin.answering((request, connection) -> {
            if (request.startLine().contains("/trailers")) {
                connection.send("HTTP/1.1 200 OK\r\nTrailer: Digest\r\nTransfer-Encoding: chunked\r\n\r\n");
                connection.sendChunk("hello");
                connection.send("0\r\nDigest: abc\r\nContent-Length: 7\r\n\r\n");
            } else {
                connection.respond(200, new String(request.body(), ISO_8859_1));
            }
        });
        gateway = RunningGateway.with()
                .flow("gateway", RunningGateway.flow("gateway", "/all", "- to: upstream:origin"))
                .flow("small", flow("small", "maxBodySize: 1KiB"))
                .flow("whole", flow("whole", "bodies: buffer"))
                .flow("streamed", flow("streamed", "bodies: stream"))
                .flow("constant", RunningGateway.flow("constant", "/constant", "- setBody: {constant: done}"))
                .settings(RunningGateway.upstream("origin", origin.port()))
                .start();
    }

    private static String flow(String id, String parameter) {
        return RunningGateway.flow(id, "/" + id, "- to: upstream:origin")
                .replace("matchOnUriPrefix: true", "matchOnUriPrefix: true\n        " + parameter);
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
        origin.close();
    }

    @BeforeEach
    void connect() throws Exception {
        client = gateway.connect();
    }

    @AfterEach
    void disconnect() throws Exception {
        client.close();
    }

    private void post(String path, String body) throws Exception {
        client.send(
                "POST " + path + " HTTP/1.1\r\nHost: a.test\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }

    private void postChunked(String path, String... chunks) throws Exception {
        client.send("POST " + path + " HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: Chunked\r\n\r\n");
        for (String chunk : chunks) {
            client.sendChunk(chunk);
        }
        client.send("0\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/all", "/whole", "/streamed"})
    void contentReachesTheOriginAndComesBack(String path) throws Exception {
        for (int size : new int[] {0, 1, 1000, 60_000}) {
            String body = "x".repeat(size);
            post(path, body);
            assertThat(client.read().text()).isEqualTo(body);
            if (size > 0) {
                postChunked(path, "<", body, ">");
                assertThat(client.read().text()).isEqualTo("<" + body + ">");
            }
        }
        postChunked(path);
        assertThat(client.read().text()).isEmpty();
    }

    @Test
    void chunkSizesMayHaveZerosCapitalsAndExtensions() throws Exception {
        client.send("POST /all HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n");
        client.send("00005\r\nhello\r\nA;a=\"b;c\"; d\r\n, world --\r\n1 ;x\r\n!\r\n000;end\r\n\r\n");
        assertThat(client.read().text()).isEqualTo("hello, world --!");
    }

    @Test
    void everyChunkMayHaveAnExtension() throws Exception {
        client.send("POST /all HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (int i = 0; i < 100; i++) {
            client.send("1;signature=" + "f".repeat(64) + "\r\nx\r\n");
        }
        client.send("0\r\n\r\n");
        assertThat(client.read().text()).hasSize(100);
    }

    @Test
    void trailersOfTheRequestReachTheOrigin() throws Exception {
        for (String path : List.of("/all", "/whole", "/streamed")) {
            origin.drain();
            client.send("POST " + path + " HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n");
            client.send("5\r\nhello\r\n0\r\nDigest: abc\r\n" + FORBIDDEN_TRAILERS + "\r\n");
            assertThat(client.read().text()).isEqualTo("hello");
            RawMessage request = origin.take();
            assertThat(request.trailers()).as(path).containsExactly("Digest: abc");
            assertThat(request.fields("Authorization")).isEmpty();
        }
    }

    private static final String FORBIDDEN_TRAILERS = """
            Content-Length: 7\r
            Transfer-Encoding: chunked\r
            Host: evil.test\r
            Authorization: Basic x\r
            X-Forwarded-For: 1.2.3.4\r
            Forwarded: for=1.2.3.4\r
            Cookie: a=b\r
            """;

    @Test
    void trailersOfTheResponseReachTheClient() throws Exception {
        RawMessage answer = client.get("/all/trailers", "TE: trailers");
        assertThat(answer.text()).isEqualTo("hello");
        assertThat(answer.trailers()).containsExactly("Digest: abc");
        assertThat(client.get("/all/x").status()).isEqualTo(200);
    }

    @Test
    void contentNobodyReadsIsThrownAwayAndTheConnectionKept() throws Exception {
        for (String path : List.of("/constant", "/nowhere")) {
            post(path, "x".repeat(60_000));
            assertThat(client.read().field("Connection")).as(path).isNull();
            postChunked(path, "GET /all/inner HTTP/1.1\r\nHost: a.test\r\n\r\n", "x".repeat(10_000));
            assertThat(client.read().field("Connection")).as(path).isNull();
        }
        assertThat(client.get("/all/x").status()).isEqualTo(200);
    }

    @Test
    void tooMuchContentNobodyReadsEndsTheConnection() throws Exception {
        client.send("POST /nowhere HTTP/1.1\r\nHost: a.test\r\nContent-Length: 70000\r\n\r\n");
        RawMessage answer = client.read();
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.field("Connection")).isEqualTo("close");
        assertThat(client.isClosedByPeer()).isTrue();
    }

    @Test
    void tooMuchChunkedContentNobodyReadsEndsTheConnection() throws Exception {
        client.send("POST /nowhere HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n");
        assertThat(client.read().status()).isEqualTo(404);
        client.sendChunk("x".repeat(70_000));
        client.send("0\r\n\r\nGET /all/x HTTP/1.1\r\nHost: a.test\r\n\r\n");
        assertThat(client.isClosedByPeer()).isTrue();
    }

    @Test
    void malformedChunksInContentNobodyReadsEndTheConnection() throws Exception {
        client.send("POST /nowhere HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n");
        assertThat(client.read().status()).isEqualTo(404);
        client.send("x\r\n\r\nGET /all/x HTTP/1.1\r\nHost: a.test\r\n\r\n");
        assertThat(client.isClosedByPeer()).isTrue();
    }

    @Test
    void contentOverTheLimitOfItsFlowIsRefused() throws Exception {
        post("/small", "x".repeat(1024));
        assertThat(client.read().status()).isEqualTo(200);
        postChunked("/small", "x".repeat(1000), "x".repeat(24));
        assertThat(client.read().status()).isEqualTo(200);
        origin.drain();
        post("/small", "x".repeat(1025) + "GET /all/x HTTP/1.1\r\nHost: a.test\r\n\r\n");
        assertRefusedAsTooLarge();
        client = gateway.connect();
        postChunked("/small", "x".repeat(1000), "x".repeat(25));
        client.send("GET /all/x HTTP/1.1\r\nHost: a.test\r\n\r\n");
        assertRefusedAsTooLarge();
        assertThat(origin.waiting()).isZero();
    }

    @Test
    void contentThatMustBeBufferedAndDoesNotFitIsRefused() throws Exception {
        client.send("POST /whole HTTP/1.1\r\nHost: a.test\r\nContent-Length: 65537\r\n\r\n");
        assertRefusedAsTooLarge();
        client = gateway.connect();
        client.send("POST /whole HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n");
        client.sendChunk("x".repeat(65_537));
        assertRefusedAsTooLarge();
    }

    private void assertRefusedAsTooLarge() throws Exception {
        RawMessage answer = client.read();
        Refusals.assertProblem(answer, 413);
        assertThat(answer.field("Connection")).isEqualTo("close");
        assertThat(client.isClosedByPeer()).isTrue();
        client.close();
    }
}
