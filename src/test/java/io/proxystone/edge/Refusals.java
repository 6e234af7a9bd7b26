package io.proxystone.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.proxystone.RunningGateway;
import io.proxystone.testing.Origin;
import io.proxystone.testing.RawClient;
import io.proxystone.testing.RawMessage;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * A gateway that gets requests it must refuse, and before an origin that must not hear of them. Every row is sent in one
 * piece and octet by octet, and each time a good request follows that must not be taken for one.
 */
final class Refusals implements AutoCloseable {
    private static final String SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: smuggled.test\r\n\r\n";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<Integer, String> TYPES = Map.ofEntries(
            Map.entry(400, "bad-request"),
            Map.entry(404, "flow-not-found"),
            Map.entry(405, "method-not-allowed"),
            Map.entry(408, "request-timeout"),
            Map.entry(413, "content-too-large"),
            Map.entry(414, "target-too-long"),
            Map.entry(417, "expectation-failed"),
            Map.entry(431, "fields-too-large"),
            Map.entry(501, "not-implemented"),
            Map.entry(503, "unavailable"),
            Map.entry(505, "version-not-supported"));

    /** A request, and the status it is refused with. */
    record Row(int status, String why, String request) {}

    static Row row(int status, String why, String request) {
        return new Row(status, why, request);
    }

    private final Origin origin = Origin.saying("hello");
    private final RunningGateway gateway;

    Refusals() throws Exception {
        gateway = RunningGateway.with().passThrough(origin.port()).start();
    }

    /** Two tests for each row. */
    Stream<DynamicTest> tests(Row... rows) {
        return Arrays.stream(rows)
                .flatMap(row -> Stream.of(
                        DynamicTest.dynamicTest(row.status + " " + row.why, () -> assertRefused(row, false)),
                        DynamicTest.dynamicTest(
                                row.status + " " + row.why + ", octet by octet", () -> assertRefused(row, true))));
    }

    private void assertRefused(Row row, boolean octetByOctet) throws Exception {
        int before = origin.waiting();
        try (RawClient client = gateway.connect()) {
            send(client, row.request + SMUGGLED, octetByOctet);
            RawMessage answer = client.read(row.request.startsWith("HEAD ") ? "HEAD" : "GET");
            assertProblem(answer, row.status, row.request.startsWith("HEAD "));
            assertThat(answer.field("Connection")).isEqualTo("close");
            assertThat(client.isClosedByPeer()).as("closed after " + answer).isTrue();
        }
        assertThat(origin.waiting()).as("requests at the origin").isEqualTo(before);
    }

    private static void send(RawClient client, String text, boolean octetByOctet) throws IOException {
        if (!octetByOctet) {
            client.send(text);
            return;
        }
        try {
            for (byte octet : text.getBytes(StandardCharsets.ISO_8859_1)) {
                client.send(new byte[] {octet});
            }
        } catch (SocketException e) {
            // The answer came before the last octet.
        }
    }

    /** Asserts an answer of a status with its problem document. */
    static void assertProblem(RawMessage answer, int status) throws IOException {
        assertProblem(answer, status, false);
    }

    private static void assertProblem(RawMessage answer, int status, boolean head) throws IOException {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.field("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.field("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.field("Date")).isNotNull();
        if (head) {
            return;
        }
        JsonNode document = JSON.readTree(answer.body());
        assertThat(document.path("type").asText()).isEqualTo("urn:proxy-stone:problem:" + TYPES.get(status));
        assertThat(document.path("status").asInt()).isEqualTo(status);
        assertThat(document.path("title").asText()).isNotEmpty();
        assertThat(document.path("detail").asText()).isNotEmpty();
        assertThat(answer.text()).doesNotContain("127.0.0.1", "Exception", "io.proxystone");
    }

    @Override
    public void close() throws Exception {
        gateway.close();
        origin.close();
    }
}
