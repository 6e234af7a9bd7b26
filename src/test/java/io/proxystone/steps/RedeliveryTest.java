package io.proxystone.steps;

import static io.proxystone.RunningGateway.flow;
import static io.proxystone.RunningGateway.upstream;
import static org.assertj.core.api.Assertions.assertThat;

import io.proxystone.RunningGateway;
import io.proxystone.testing.Origin;
import io.proxystone.testing.RawClient;
import io.proxystone.testing.RawMessage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Redelivery repeats a request as it was, and waits for its time beside the event loop. */
class RedeliveryTest {
    private static final String ASKING =
            "- toD: \"upstream:${bean:type:io.proxystone.steps.TestBeans?method=notedOrigin}?failOn=5xx\"";
    private static final String POLICY = "redeliveryPolicy: {maximumRedeliveries: 2, redeliveryDelay: 20}";

    private static String yaml(String where) {
        String plain = flow("again", "/again", ASKING);
        return switch (where) {
            case "route" ->
                plain.replace("id: again", "id: again\n    errorHandler: {defaultErrorHandler: {" + POLICY + "}}");
            case "file" -> "- errorHandler: {defaultErrorHandler: {" + POLICY + "}}\n" + plain;
            case "onException" -> "- onException: {exception: [java.lang.Exception], " + POLICY + "}\n" + plain;
            case "configuration" ->
                "- routeConfiguration:\n    errorHandler: {defaultErrorHandler: {" + POLICY + "}}\n" + plain;
            case "deadLetterChannel" ->
                plain.replace(
                        "id: again",
                        "id: again\n    errorHandler: {deadLetterChannel: {deadLetterUri: \"log:dead\", " + POLICY
                                + "}}");
            default -> throw new IllegalArgumentException(where);
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"route", "file", "onException", "configuration", "deadLetterChannel"})
    void theOriginIsAskedAgainByAThreadThatMayWait(String where) throws Exception {
        TestBeans.threads().clear();
        AtomicInteger count = new AtomicInteger();
        try (Origin origin = Origin.answering((request, connection) ->
                        connection.respond(count.incrementAndGet() < 3 ? 503 : 200, "answer " + count.get()));
                RunningGateway gateway = RunningGateway.with()
                        .property("proxy.threads", "1")
                        .settings(upstream("origin", origin.port()))
                        .flow("again", yaml(where))
                        .start();
                RawClient client = gateway.connect()) {
            client.send("POST /again HTTP/1.1\r\nHost: a\r\nX-A: 1\r\nContent-Length: 3\r\n\r\nabc");
            origin.take();
            RawMessage answer = client.read();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).isEqualTo("answer 3");
            RawMessage second = origin.take();
            assertThat(second.startLine()).isEqualTo("POST /again HTTP/1.1");
            assertThat(second.text()).isEqualTo("abc");
            assertThat(second.field("X-A")).isEqualTo("1");
            assertThat(TestBeans.threads()).hasSize(3);
            assertThat(TestBeans.threads().get(0)).startsWith("loop-");
            assertThat(TestBeans.threads().subList(1, 3))
                    .as("who waited for the time of redelivery")
                    .noneMatch(name -> name.startsWith("loop-"));
        }
    }
}
