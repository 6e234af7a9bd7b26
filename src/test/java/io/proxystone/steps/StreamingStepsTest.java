package io.proxystone.steps;

import static io.proxystone.RunningGateway.flow;
import static io.proxystone.RunningGateway.upstream;
import static org.assertj.core.api.Assertions.assertThat;

import io.proxystone.RunningGateway;
import io.proxystone.testing.Origin;
import io.proxystone.testing.RawClient;
import io.proxystone.testing.RawMessage;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Content that streams passes through steps that do not read it, and a step that would wait for it on a loop fails clearly. */
class StreamingStepsTest {
    private static final Semaphore REST = new Semaphore(0);
    private static Origin origin;
    private static RunningGateway gateway;

    private record Row(String name, String steps) {}

    private static final String UPSTREAM = "- to: {uri: \"upstream:origin\", parameters: {bodies: stream}}\n";

    private static final Row[] ROWS = {
        new Row("plain", UPSTREAM),
        new Row("headers", UPSTREAM + "- setHeader: {name: X-A, simple: \"${header.Content-Type}\"}"),
        new Row("doTry", """
            - doTry:
                steps: [{to: "upstream:origin?bodies=stream"}]
                doCatch: [{exception: [java.lang.Exception], steps: [{setBody: {constant: caught}}]}]
            """),
        new Row("enrich", "- enrich: {constant: \"upstream:origin?bodies=stream\"}"),
        new Row("multicast", """
            - multicast:
                steps: [{to: "upstream:origin?bodies=stream"}]
            """),
        new Row("multicastParallel", """
            - multicast:
                parallelProcessing: true
                steps: [{to: "upstream:origin?bodies=stream"}]
            """),
        new Row("recipientList", "- recipientList: {constant: \"upstream:origin?bodies=stream\"}"),
        new Row("wireTap", UPSTREAM + "- wireTap: {uri: \"direct:read\"}"),
        new Row("circuitBreaker", """
            - circuitBreaker:
                steps: [{to: "upstream:origin?bodies=stream"}]
            """),
        new Row("toD", "- toD: {uri: \"upstream:origin?bodies=stream\"}"),
        new Row("seda", "- to: seda:ask"),
        new Row("threads", UPSTREAM + "- threads: {}"),
        new Row("loop", "- loop: {constant: 1, steps: [{to: \"upstream:origin?bodies=stream\"}]}"),
    };

    @BeforeAll
    static void start() throws Exception {
        origin = Origin.answering((request, connection) -> {
            connection.send("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n");
            connection.sendChunk("first ");
            if (!request.startLine().contains("/quick") && !REST.tryAcquire(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("Nobody wanted the rest");
            }
            connection.sendChunk("rest");
            connection.send("0\r\n\r\n");
        });
        RunningGateway.Builder builder = RunningGateway.with()
                .property("proxy.threads", "1")
                .settings(upstream("origin", origin.port()))
                .flow("shared", """
                    - route:
                        from: {uri: "seda:ask", steps: [{to: "upstream:origin?bodies=stream"}]}
                    - route:
                        errorHandler: {noErrorHandler: {}}
                        from: {uri: "direct:read", steps: [{convertBodyTo: {type: String}}]}
                    """)
                .flow("convert", flow("convert", "/quick/convert", """
                    - doTry:
                        steps:
                          - to: {uri: "upstream:origin", parameters: {bodies: stream}}
                          - convertBodyTo: {id: theConversion, type: String}
                        doCatch:
                          - exception: [java.lang.Exception]
                            steps: [{setBody: {simple: "${exception.message}"}}]
                    """))
                .flow(
                        "convertUncaught",
                        flow("convertUncaught", "/quick/uncaught", UPSTREAM + "- convertBodyTo: {type: String}"))
                .flow("convertOnThread", flow("convertOnThread", "/quick/threads", UPSTREAM + """
                    - threads: {}
                    - convertBodyTo: {type: String}
                    - setBody: {simple: "[${body}]"}
                    """))
                .flow("buffered", flow("buffered", "/quick/buffered", """
                    - to: {uri: "upstream:origin", parameters: {bodies: buffer}}
                    - setBody: {simple: "[${body}]"}
                    """))
                .flow(
                        "request",
                        flow("request", "/quick/request", """
                    - setBody: {simple: "[${body}]"}
                    """)
                                .replace("matchOnUriPrefix: true", "{matchOnUriPrefix: true, bodies: stream}"))
                .flow("ping", flow("ping", "/ping", "- setBody: {constant: pong}"));
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
    Stream<DynamicTest> contentPassesAsItComes() {
        return Stream.of(ROWS)
                .map(row -> DynamicTest.dynamicTest(row.name(), () -> {
                    try (RawClient client = gateway.connect();
                            RawClient other = gateway.connect()) {
                        client.send("GET /" + row.name() + " HTTP/1.1\r\nHost: a\r\n\r\n");
                        assertThat(client.readHead()).contains("HTTP/1.1 200 OK");
                        assertThat(new String(client.readChunk(), StandardCharsets.UTF_8))
                                .isEqualTo("first ");
                        assertThat(other.get("/ping").text()).isEqualTo("pong");
                        REST.release();
                        assertThat(new String(client.readChunk(), StandardCharsets.UTF_8))
                                .isEqualTo("rest");
                        assertThat(client.readChunk()).isEmpty();
                        client.readHead();
                        assertThat(client.get("/ping").text()).isEqualTo("pong");
                    }
                }));
    }

    @Test
    void convertingAStreamOnALoopNamesTheStepAndThreads() throws Exception {
        try (RawClient client = gateway.connect()) {
            assertThat(client.get("/quick/convert").text())
                    .contains("theConversion")
                    .contains("'threads'");
            RawMessage problem = client.get("/quick/uncaught");
            assertThat(problem.status()).isEqualTo(500);
            assertThat(problem.field("Content-Type")).isEqualTo("application/problem+json");
        }
    }

    @Test
    void convertingAStreamWorksAfterThreads() throws Exception {
        try (RawClient client = gateway.connect()) {
            assertThat(client.get("/quick/threads").text()).isEqualTo("[first rest]");
        }
    }

    @Test
    void contentThatIsBufferedIsConvertedOnTheLoop() throws Exception {
        try (RawClient client = gateway.connect()) {
            assertThat(client.get("/quick/buffered").text()).isEqualTo("[first rest]");
        }
    }

    @Test
    void aStreamingRequestThatIsConvertedOnALoopIsAProblemAndTheConnectionStaysInStep() throws Exception {
        try (RawClient client = gateway.connect()) {
            client.send("POST /quick/request HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc");
            assertThat(client.read().status()).isEqualTo(500);
            assertThat(client.get("/ping").text()).isEqualTo("pong");
        }
    }
}
