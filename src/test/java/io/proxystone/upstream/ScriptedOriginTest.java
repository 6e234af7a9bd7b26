package io.proxystone.upstream;

import io.proxystone.RunningGateway;
import io.proxystone.testing.Origin;
import io.proxystone.testing.RawClient;
import io.proxystone.testing.RawMessage;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** Tests of one gateway in front of one origin whose behaviour each test sets. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ScriptedOriginTest {
    private static final Origin.Answer HELLO = (request, connection) -> connection.respond(200, "hello");

    private volatile Origin.Answer script = HELLO;
    Origin origin;
    RunningGateway gateway;

    @BeforeAll
    void start() throws Exception {
        origin = Origin.connections(connection -> {
            while (true) {
                RawMessage head = connection.readRequestHead();
                script.answer(head, connection);
            }
        });
        gateway = configure(RunningGateway.with().flow("gateway", RunningGateway.everythingTo(step())))
                .start();
    }

    /** The URI of the only step. */
    String step() {
        return "upstream:origin";
    }

    /** Lines of the upstream's settings. */
    String[] upstreamSettings() {
        return new String[0];
    }

    RunningGateway.Builder configure(RunningGateway.Builder builder) throws IOException {
        return builder.settings(RunningGateway.upstream("origin", origin.port(), upstreamSettings()));
    }

    @AfterAll
    void stop() throws Exception {
        gateway.close();
        origin.close();
    }

    @AfterEach
    void forget() {
        script = HELLO;
        origin.forgetRequests();
    }

    /** Has the origin do this when it has read a whole request. */
    void originAnswers(Origin.Answer answer) {
        script = (head, connection) -> answer.answer(connection.readRest(head), connection);
    }

    /** Has the origin do this when it has read the head of a request and no more. */
    void originMeetsHead(Origin.Answer answer) {
        script = answer;
    }

    /** Has the origin send exactly this for every request. */
    void originSends(String octets) {
        originAnswers((request, connection) -> connection.send(octets));
    }

    /** Has the origin send exactly this and close. */
    void originSendsAndCloses(String octets) {
        originAnswers((request, connection) -> {
            connection.send(octets);
            connection.close();
        });
    }

    /** The answer to a GET request on a connection of its own. */
    RawMessage get(String... fields) throws IOException {
        try (RawClient client = gateway.connect()) {
            return client.get("/", fields);
        }
    }

    /** The request that reached the origin when a client sent this, which was answered. */
    RawMessage forwarded(String request) throws IOException, InterruptedException {
        try (RawClient client = gateway.connect()) {
            client.send(request);
            client.read(request.substring(0, request.indexOf(' ')));
            return origin.take();
        }
    }

    /** The GET request that reached the origin when a client sent these fields beside Host. */
    RawMessage getWith(String... fields) throws IOException, InterruptedException {
        StringBuilder request = new StringBuilder("GET / HTTP/1.1\r\nHost: example.test\r\n");
        for (String field : fields) {
            request.append(field).append("\r\n");
        }
        return forwarded(request.append("\r\n").toString());
    }

    /** The value of a meter of the upstream, such as {@code connections}. */
    double meter(String name) throws IOException, InterruptedException {
        String line = gateway.manage("/metrics")
                .body()
                .lines()
                .filter(each -> each.startsWith("proxy_stone_upstream_" + name + "{"))
                .findFirst()
                .orElseThrow();
        return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
    }
}
