package io.proxystone.steps;

import static io.proxystone.RunningGateway.flow;
import static io.proxystone.RunningGateway.upstream;
import static org.assertj.core.api.Assertions.assertThat;

import io.proxystone.RunningGateway;
import io.proxystone.testing.Origin;
import io.proxystone.testing.RawClient;
import io.proxystone.testing.RawMessage;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A step that changes the body, or only looks at the message, leaves the rest of the request and the response as it was. */
class SameMessageTest {
    private static Origin origin;
    private static RunningGateway gateway;

    /** A step before and after the origin's answer, and the bodies it leaves. */
    private record Row(String name, String step, String request, String response) {}

    private static final Row[] ROWS = {
        new Row("setBody", "- setBody: {simple: \"<${body}>\"}", "<abc>", "<origin>"),
        new Row("transform", "- transform: {simple: \"<${body}>\"}", "<abc>", "<origin>"),
        new Row("convertBodyTo", "- convertBodyTo: {type: String}", "abc", "origin"),
        new Row("bean", "- bean: {beanType: io.proxystone.steps.TestBeans, method: reverse}", "cba", "nigiro"),
        new Row("beanUri", "- to: \"bean:io.proxystone.steps.TestBeans?method=reverse\"", "cba", "nigiro"),
        new Row("beanExpression", """
            - filter:
                method: {beanType: io.proxystone.steps.TestBeans, method: marks}
                steps: [{log: {message: never, loggingLevel: DEBUG}}]
            """, "abc", "origin"),
        new Row("marshal", "- marshal: {json: {library: Jackson}}", "\"abc\"", "\"origin\""),
        new Row("script", "- script: {simple: \"${body}\"}", "abc", "origin"),
    };

    @BeforeAll
    static void start() throws Exception {
        origin = Origin.answering((request, connection) ->
                connection.respond(404, "origin", "Set-Cookie: a=1", "Set-Cookie: b=2", "X-Kept: kept"));
        RunningGateway.Builder builder = RunningGateway.with().settings(upstream("origin", origin.port()));
        for (Row row : ROWS) {
            String text = row.name().equals("marshal") ? "- convertBodyTo: {type: String}\n" : "";
            String step = text + row.step().stripTrailing() + "\n";
            builder.flow(
                    row.name(), flow("flow-" + row.name(), "/" + row.name(), step + "- to: upstream:origin\n" + step));
            builder.flow("own-" + row.name(), flow("own-" + row.name(), "/own/" + row.name(), step));
        }
        gateway = builder.start();
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
        origin.close();
    }

    @TestFactory
    Stream<DynamicTest> theRestOfTheMessageStays() {
        return Stream.of(ROWS).map(row -> DynamicTest.dynamicTest(row.name(), () -> check(row)));
    }

    private static void check(Row row) throws Exception {
        try (RawClient client = gateway.connect()) {
            send(client, "/" + row.name());
            RawMessage answer = client.read();
            RawMessage request = origin.take();
            assertThat(request.startLine()).isEqualTo("POST /" + row.name() + "/a%2Fb?c HTTP/1.1");
            assertThat(request.text()).isEqualTo(row.request());
            assertThat(request.fields("X-Twice")).containsExactly("1", "2");
            assertThat(request.field("Host")).isEqualTo("example.test");
            assertThat(request.field("X-Forwarded-For")).isEqualTo("127.0.0.1");
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.text()).isEqualTo(row.response());
            assertThat(answer.fields("Set-Cookie")).containsExactly("a=1", "b=2");
            assertThat(answer.field("X-Kept")).isEqualTo("kept");
            assertThat(answer.field("Via")).isEqualTo("1.1 proxy-stone");
            assertThat(answer.fields("X-Twice")).isEmpty();

            send(client, "/own/" + row.name());
            RawMessage own = client.read();
            assertThat(own.status()).isEqualTo(200);
            assertThat(own.text()).isEqualTo(row.request());
            assertThat(own.fields("X-Twice")).isEmpty();
            assertThat(own.fields("Authorization")).isEmpty();
        }
    }

    private static void send(RawClient client, String path) throws Exception {
        client.send("POST " + path + "/a%2Fb?c HTTP/1.1\r\nHost: example.test\r\nX-Twice: 1\r\nX-Twice: 2\r\n"
                + "Authorization: Basic eDp5\r\nContent-Type: text/plain\r\nContent-Length: 3\r\n\r\nabc");
    }
}
