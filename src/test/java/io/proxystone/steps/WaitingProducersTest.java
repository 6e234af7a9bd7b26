package io.proxystone.steps;

import static io.proxystone.RunningGateway.flow;
import static org.assertj.core.api.Assertions.assertThat;

import io.proxystone.RunningGateway;
import io.proxystone.testing.RawClient;
import io.proxystone.testing.RawMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Producers that can only wait, such as those of databases and directories, do so beside the event loop. */
class WaitingProducersTest {
    @TempDir
    private static Path directory;

    private static RunningGateway gateway;

    /** Steps of a flow, and the text a POST of {@code abc} gets from it. */
    private record Row(String name, String steps, String answer) {}

    private static final Row[] ROWS = {
        new Row("to", "- to: waiting:there", "waited:abc"),
        new Row("lazily", "- to: {uri: \"waiting:lazily\", parameters: {lazyStartProducer: true}}", "waited:abc"),
        new Row("toD", "- toD: \"waiting:${header.Host}\"", "waited:abc"),
        new Row("enrich", "- enrich: {constant: \"waiting:there\"}", "waited:abc"),
        new Row("multicast", "- multicast: {steps: [{to: \"waiting:there\"}]}", "waited:abc"),
        new Row("recipientList", "- recipientList: {constant: \"waiting:there\"}", "waited:abc"),
        new Row("circuitBreaker", "- circuitBreaker: {steps: [{to: \"waiting:there\"}]}", "waited:abc"),
        new Row("doTry", """
            - doTry:
                steps: [{to: "waiting:there"}]
                doFinally: {steps: [{setBody: {simple: "${body}!"}}]}
            """, "waited:abc!"),
        new Row("direct", "- to: direct:wait", "waited:abc"),
    };

    @BeforeAll
    static void start() throws Exception {
        RunningGateway.Builder builder = RunningGateway.with()
                .property("proxy.threads", "1")
                .property("camel.threadpool.config[waiting-steps].pool-size", "1")
                .property("camel.threadpool.config[waiting-steps].max-pool-size", "1")
                .property("camel.threadpool.config[waiting-steps].max-queue-size", "1")
                .property("camel.threadpool.config[waiting-steps].rejected-policy", "Abort")
                .flow("ping", flow("ping", "/ping", "- setBody: {constant: pong}"))
                .flow("shared", """
                    - beans:
                        - name: waiting
                          type: io.proxystone.steps.WaitingComponent
                    - route:
                        from: {uri: "direct:wait", steps: [{to: "waiting:there"}]}
                    """);
        builder.property("directory", directory.toString()).flow("file", flow("file", "/file", """
                - to: {uri: "file:{{directory}}", parameters: {fileName: kept.txt}}
                - setBody: {constant: kept}
                """));
        for (Row row : ROWS) {
            builder.flow(row.name(), flow("flow-" + row.name(), "/" + row.name(), row.steps()));
        }
        gateway = builder.start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static void post(RawClient client, String path) throws Exception {
        client.send("POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc");
    }

    @TestFactory
    Stream<DynamicTest> othersAreAnsweredWhileTheyWait() {
        return Stream.of(ROWS)
                .map(row -> DynamicTest.dynamicTest(row.name(), () -> {
                    try (RawClient client = gateway.connect();
                            RawClient other = gateway.connect()) {
                        post(client, "/" + row.name());
                        WaitingComponent.answerAfter(
                                () -> assertThat(other.get("/ping").text()).isEqualTo("pong"));
                        assertThat(client.read().text()).isEqualTo(row.answer());
                    }
                }));
    }

    @Test
    void whatFindsNoThreadToWaitOnIs503() throws Exception {
        try (RawClient client = gateway.connect();
                RawClient queued = gateway.connect();
                RawClient other = gateway.connect()) {
            post(client, "/to");
            WaitingComponent.answerAfter(() -> {
                post(queued, "/to");
                // When the loop has answered twice it has surely seen the one before.
                other.get("/ping");
                other.get("/ping");
                post(other, "/toD");
                RawMessage refusal = other.read();
                assertThat(refusal.status()).isEqualTo(503);
                assertThat(refusal.field("Retry-After")).isNotNull();
            });
            assertThat(client.read().text()).isEqualTo("waited:abc");
            WaitingComponent.answerAfter(() -> {});
            assertThat(queued.read().text()).isEqualTo("waited:abc");
        }
    }

    @Test
    void aFileTakesContentThatStreams() throws Exception {
        String content = "0123456789abcdef".repeat(64 * 1024);
        try (RawClient client = gateway.connect()) {
            client.send("POST /file HTTP/1.1\r\nHost: a\r\nContent-Length: " + content.length() + "\r\n\r\n" + content);
            assertThat(client.read().text()).isEqualTo("kept");
        }
        assertThat(Files.readString(directory.resolve("kept.txt"))).isEqualTo(content);
    }
}
