package io.proxystone.steps;

import static io.proxystone.RunningGateway.flow;
import static io.proxystone.RunningGateway.upstream;
import static org.assertj.core.api.Assertions.assertThat;

import io.proxystone.RunningGateway;
import io.proxystone.testing.Origin;
import io.proxystone.testing.RawClient;
import io.proxystone.testing.RawMessage;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a step leaves as body becomes content with framing that is right, and the status is what steps say. */
class BodiesTest {
    private static Origin origin;
    private static RunningGateway gateway;

    /** Steps, and the content a client gets. */
    private record Row(String name, String steps, String content) {}

    private static String bean(String method) {
        return "- bean: {beanType: io.proxystone.steps.TestBodies, method: " + method + "}\n";
    }

    private static final Row[] ROWS = {
        new Row("string", "- setBody: {constant: täxt}", "täxt"),
        new Row("bytes", bean("bytes"), "bytes"),
        new Row("inputStream", bean("inputStream"), "input stream"),
        new Row("file", bean("file"), "file"),
        new Row("path", bean("path"), "file"),
        new Row("byteBuffer", bean("byteBuffer"), "byte buffer"),
        new Row("number", bean("number"), "42"),
        new Row("marshalled", bean("map") + "- marshal: {json: {library: Jackson}}", "{\"a\":1,\"b\":[true,null]}"),
        new Row("unmarshalled", """
            - setBody: {constant: '{"a": {"b": 7}}'}
            - unmarshal: {json: {library: Jackson}}
            - setBody: {simple: "${body[a][b]}"}
            """, "7"),
        new Row("fromOrigin", "- to: upstream:origin", "origin"),
        new Row(
                "resourceFile",
                "- setBody: {simple: \"resource:classpath:io/proxystone/steps/body.txt\"}",
                "from a file\n"),
    };

    @BeforeAll
    static void start() throws Exception {
        origin = Origin.answering((request, connection) -> {
            String length = request.startLine().startsWith("HEAD") ? "" : "origin";
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 6\r\nETag: \"e\"\r\n\r\n" + length);
        });
        RunningGateway.Builder builder = RunningGateway.with()
                .settings(upstream("origin", origin.port()))
                .flow("status", flow("status", "/status", """
                    - setHeader: {name: CamelHttpResponseCode, simple: "${header.Wanted}"}
                    - setBody: {constant: text}
                    """))
                .flow("int", flow("int", "/int", """
                    - setHeader: {name: CamelHttpResponseCode, simple: {expression: "201", resultType: int}}
                    """))
                .flow("replaced", flow("replaced", "/replaced", """
                    - to: upstream:origin
                    - setBody: {constant: other content}
                    """))
                .flow("length", flow("length", "/length", """
                    - setBody: {constant: text}
                    - setHeader: {name: Content-Length, simple: "${header.Wanted}"}
                    - setHeader: {name: Transfer-Encoding, constant: chunked}
                    """));
        for (Row row : ROWS) {
            builder.flow(row.name(), flow("flow-" + row.name(), "/" + row.name(), row.steps()));
        }
        gateway = builder.start();
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
        origin.close();
    }

    @TestFactory
    Stream<DynamicTest> contentIsWhatTheStepLeftAndTheConnectionGoesOn() {
        return Stream.of(ROWS)
                .map(row -> DynamicTest.dynamicTest(row.name(), () -> {
                    try (RawClient client = gateway.connect()) {
                        assertThat(client.get("/" + row.name()).text()).isEqualTo(row.content());
                        RawMessage head = client.exchange("HEAD", "/" + row.name());
                        assertThat(head.status()).isEqualTo(200);
                        assertThat(head.field("Transfer-Encoding")).isNull();
                        String length = head.field("Content-Length");
                        if (length != null) {
                            assertThat(Integer.parseInt(length))
                                    .isEqualTo(row.content().getBytes(StandardCharsets.UTF_8).length);
                        }
                        assertThat(client.get("/" + row.name()).text()).isEqualTo(row.content());
                    }
                }));
    }

    @ParameterizedTest
    @ValueSource(strings = {"204", "304"})
    void aStatusWithoutContentSendsNoneOfTheBody(String status) throws Exception {
        try (RawClient client = gateway.connect()) {
            RawMessage answer = client.get("/status", "Wanted: " + status);
            assertThat(answer.status()).isEqualTo(Integer.parseInt(status));
            assertThat(answer.field("Transfer-Encoding")).isNull();
            assertThat(answer.field("Content-Length")).isNull();
            assertThat(client.get("/string").text()).isEqualTo("täxt");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "200,200",
        "201,201",
        "' 404 ',404",
        "599,599",
        "abc,500",
        "99,500",
        "101,500",
        "600,500",
        "-1,500",
        "99999999999,500"
    })
    void theStatusIsTheHeaderOfThatName(String set, int expected) throws Exception {
        try (RawClient client = gateway.connect()) {
            RawMessage answer = client.get("/status", "Wanted: " + set);
            assertThat(answer.status()).isEqualTo(expected);
            assertThat(answer.field("Content-Type")).isEqualTo(expected == 500 ? "application/problem+json" : null);
            assertThat(client.get("/int").status()).isEqualTo(201);
        }
    }

    @Test
    void contentSetAfterAResponseHasItsOwnLength() throws Exception {
        try (RawClient client = gateway.connect()) {
            RawMessage answer = client.get("/replaced");
            assertThat(answer.text()).isEqualTo("other content");
            assertThat(answer.field("Content-Length")).isEqualTo("13");
            assertThat(answer.field("ETag")).isEqualTo("\"e\"");
            assertThat(client.exchange("HEAD", "/replaced").field("Content-Length"))
                    .isEqualTo("13");
            assertThat(client.exchange("HEAD", "/fromOrigin").field("Content-Length"))
                    .isEqualTo("6");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "3", "5000", "nonsense", "-1", "4, 4"})
    void aLengthThatIsNotTheContentsIsNeverSent(String set) throws Exception {
        try (RawClient client = gateway.connect()) {
            RawMessage answer = client.get("/length", "Wanted: " + set);
            assertThat(answer.field("Content-Length")).isEqualTo("4");
            assertThat(answer.field("Transfer-Encoding")).isNull();
            assertThat(answer.text()).isEqualTo("text");
            assertThat(client.exchange("HEAD", "/length", "Wanted: " + set).field("Content-Length"))
                    .isEqualTo("4");
            assertThat(client.get("/string").text()).isEqualTo("täxt");
        }
    }
}
