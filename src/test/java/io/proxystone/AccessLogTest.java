package io.proxystone;

import static io.proxystone.RunningGateway.upstream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.proxystone.testing.Origin;
import io.proxystone.testing.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One line per request, whatever becomes of it, and no credentials in it. */
class AccessLogTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final CountDownLatch never = new CountDownLatch(1);
    private Origin origin;
    private RunningGateway gateway;

    @BeforeEach
    void start() throws Exception {
        origin = Origin.answering((request, connection) -> {
            if (request.startLine().contains("/never")) {
                never.await();
            }
            connection.respond(200, "hello");
        });
        gateway = RunningGateway.with().passThrough(origin.port()).start();
    }

    @AfterEach
    void stop() throws Exception {
        never.countDown();
        gateway.close();
        origin.close();
    }

    private List<String> lines(int count) {
        await().untilAsserted(() -> assertThat(gateway.accessLog()).hasSize(count));
        try {
            return gateway.accessLog();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private JsonNode line() throws IOException {
        return JSON.readTree(lines(1).get(0));
    }

    @Test
    void answeredRequestHasTimingsSizesAndIds() throws Exception {
        try (RawClient client = gateway.connect()) {
            client.send("POST /a?b=c HTTP/1.1\r\nHost: example.test\r\nX-Request-Id: abc-1\r\nUser-Agent: tests\r\n"
                    + "Authorization: Basic hunter2\r\nCookie: hunter2\r\nContent-Length: 3\r\n\r\nxyz");
            client.read();
        }
        JsonNode line = line();
        assertThat(line.toString()).doesNotContain("hunter2");
        assertThat(line.path("request").asText()).isEqualTo("abc-1");
        assertThat(line.path("method").asText()).isEqualTo("POST");
        assertThat(line.path("host").asText()).isEqualTo("example.test");
        assertThat(line.path("target").asText()).isEqualTo("/a?b=c");
        assertThat(line.path("status").asInt()).isEqualTo(200);
        assertThat(line.path("requestBytes").asInt()).isEqualTo(3);
        assertThat(line.path("responseBytes").asInt()).isEqualTo(5);
        assertThat(line.path("seconds").asDouble()).isPositive();
        assertThat(line.path("upstreamSeconds").asDouble()).isPositive();
        assertThat(line.path("flow").asText()).isEqualTo("gateway");
        assertThat(line.path("upstream").asText()).isEqualTo("origin");
        assertThat(line.path("userAgent").asText()).isEqualTo("tests");
    }

    @Test
    void refusedRequestHasOneLine() throws Exception {
        try (RawClient client = gateway.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n");
            assertThat(client.read().status()).isEqualTo(400);
            client.isClosedByPeer();
        }
        try (RawClient client = gateway.connect()) {
            client.send("GET /\u0001 HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.read().status()).isEqualTo(400);
            client.isClosedByPeer();
        }
        assertThat(lines(2))
                .allSatisfy(line ->
                        assertThat(JSON.readTree(line).path("status").asInt()).isEqualTo(400));
    }

    @Test
    void requestWhoseClientGoesAwayHasOneLine() throws Exception {
        try (RawClient client = gateway.connect()) {
            client.send("GET /never HTTP/1.1\r\nHost: h\r\n\r\n");
            origin.take();
            client.reset();
        }
        assertThat(line().path("outcome").asText()).isEqualTo("client-gone");
    }

    @Test
    void controlCharactersAreEscapedInBothFormats() throws Exception {
        String evil = "a\"\\b\u0085\u009b2J\u00e9";
        try (RawClient client = gateway.connect()) {
            client.get("/", "User-Agent: " + evil);
            assertThat(lines(1).get(0)).contains("a\\\"\\\\b\\u0085\\u009b2J\u00e9");
            assertThat(line().path("userAgent").asText()).isEqualTo(evil);
            useCombined();
            client.get("/x?token=hunter2", "User-Agent: " + evil, "Referer: http://u:hunter2@h/?sig=hunter2&a=b");
        }
        assertThat(lines(2).get(1))
                .matches("127\\.0\\.0\\.1 - - \\[\\d\\d/[A-Z][a-z]{2}/\\d{4}:\\d\\d:\\d\\d:\\d\\d \\+0000] "
                        + "\"GET /x\\?token=\\*\\*\\* HTTP/1\\.1\" 200 5 \"http://\\*\\*\\*@h/\\?sig=\\*\\*\\*&a=b\" "
                        + "\"a\\\\x22\\\\x5Cb\\\\x85\\\\x9B2J\\\\xE9\" \\d+\\.\\d{6} [0-9a-f]{32}");
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return "";
        }
    }

    private void useCombined() throws IOException {
        gateway.writeSettings(upstream("origin", origin.port()) + "access-log: {format: combined, file: \""
                + gateway.directory().resolve("access.log") + "\"}\n");
        gateway.reload();
    }

    @Test
    void fileIsOpenedAgainAfterRotation() throws Exception {
        Path log = gateway.directory().resolve("access.log");
        Path rotated = gateway.directory().resolve("access.log.1");
        gateway.get("/one");
        lines(1);
        Files.move(log, rotated);
        gateway.reload();
        gateway.get("/two");
        assertThat(line().path("target").asText()).isEqualTo("/two");
        assertThat(Files.readAllLines(rotated)).hasSize(1);
    }

    @Test
    void fullDiskHarmsNoRequestAndLeaksNoFile() throws Exception {
        gateway.writeSettings(upstream("origin", origin.port()) + "access-log: {file: /dev/full}\n");
        gateway.reload();
        for (int i = 0; i < 5; i++) {
            assertThat(gateway.get("/").body()).isEqualTo("hello");
            int lost = i + 1;
            await().untilAsserted(() -> assertThat(gateway.manage("/metrics").body())
                    .contains("proxy_stone_access_log_dropped_total " + lost + ".0"));
        }
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            assertThat(open.map(AccessLogTest::target)).doesNotContain("/dev/full");
        }
        gateway.writeSettings(upstream("origin", origin.port()));
        gateway.reload();
        gateway.get("/again");
        assertThat(line().path("target").asText()).isEqualTo("/again");
    }
}
