package io.proxystone.cache.flow;

import static io.proxystone.cache.flow.AnswerAssert.assertAnswer;
import static org.assertj.core.api.Assertions.assertThat;

import io.proxystone.RunningGateway;
import io.proxystone.testing.Ports;
import io.proxystone.testing.RawClient;
import io.proxystone.testing.RawMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Caches when settings and flows change, and the flows that are shipped. */
class CachingChangesTest extends CachingFlowTest {
    private static final String FRESH = "Cache-Control: max-age=60";
    private static final String CACHES = "caches: {other: {memory: {size: %s}}}\n";

    @Override
    RunningGateway.Builder configure(RunningGateway.Builder builder) throws IOException {
        return builder.flow("other", RunningGateway.flow("other", "/other", cached("other", "upstream:origin")))
                .settings(settings(CACHES.formatted("8MiB")));
    }

    @Test
    void unchangedCacheKeepsItsContentAndAChangedOneDoesNot() throws Exception {
        originSays(FRESH);
        get();
        client.get("/other" + path);
        assertAnswer(client.get("/other" + path)).isHit();
        gateway.writeSettings(settings(CACHES.formatted("9MiB")));
        gateway.reload();
        try (RawClient after = gateway.connect()) {
            assertAnswer(after.get(path)).isHit();
            assertAnswer(after.get("/other" + path)).isMiss();
        }
        assertReachedOrigin(3);
    }

    @Test
    void changedFlowKeepsTheContentOfItsCache() throws Exception {
        originSays(FRESH);
        get();
        gateway.writeFlow(
                "gateway",
                RunningGateway.flow(
                        "gateway",
                        "",
                        cached("default", "upstream:origin") + "\n- setHeader: {name: X-Changed, constant: 1}"));
        gateway.reload();
        try (RawClient after = gateway.connect()) {
            assertAnswer(after.get(path)).isHit().hasField("X-Changed", "1");
        }
        assertReachedOrigin(1);
    }

    @Test
    void whatStreamsFromAClosedCacheStaysWhole() throws Exception {
        byte[] octets = LargeContent.octets(3 << 20);
        originAnswers((request, connection) -> LargeContent.Delimited.BY_LENGTH.send(octets, FRESH, connection));
        client.get("/other" + path);
        try (RawClient slow = new RawClient(gateway.port(), 4096)) {
            slow.send("GET /other" + path + " HTTP/1.1\r\nHost: example.test\r\n\r\n");
            List<String> head = slow.readHead();
            assertAnswer(new RawMessage(head, new byte[0], List.of())).isHit();
            gateway.writeSettings(settings(CACHES.formatted("7MiB")));
            gateway.reload();
            assertThat(LargeContent.sumOfRest(head, slow)).isEqualTo(LargeContent.sum(octets));
        }
    }

    @Test
    void requestUnderWayWhenItsCacheIsClosedIsAnswered() throws Exception {
        Semaphore mayAnswer = new Semaphore(0);
        originAnswers((request, connection) -> {
            assertThat(mayAnswer.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            connection.respond(200, "content", FRESH);
        });
        client.send("GET /other" + path + " HTTP/1.1\r\nHost: example.test\r\n\r\n");
        awaitReached(1);
        gateway.writeSettings(settings(CACHES.formatted("6MiB")));
        gateway.reload();
        mayAnswer.release(10);
        assertAnswer(client.read()).hasStatus(200).hasText("content");
    }

    @Test
    void shippedFlowCachesTheDemonstration() throws Exception {
        int port = Ports.free();
        String settings = Files.readString(Path.of("config/proxy-stone.yaml"))
                .replace("${env:DEMO_PORT:9877}", Integer.toString(port))
                .replaceAll("(?s)access-log:.*", "");
        try (RunningGateway shipped = RunningGateway.with()
                        .routes(Path.of("routes"))
                        .settings(settings)
                        .property("demo.port", Integer.toString(port))
                        .start();
                RawClient each = shipped.connect()) {
            RawMessage first = each.get("/demo/json");
            assertAnswer(first).isMiss().isStored().hasStatus(200);
            assertAnswer(each.get("/demo/json")).isHit().hasText(first.text());
            assertAnswer(each.get("/demo/failing")).hasStatus(500);
        }
    }
}
