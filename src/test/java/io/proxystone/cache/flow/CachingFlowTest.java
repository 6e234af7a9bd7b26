package io.proxystone.cache.flow;

import static io.proxystone.RunningGateway.upstream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.proxystone.RunningGateway;
import io.proxystone.testing.Origin;
import io.proxystone.testing.RawClient;
import io.proxystone.testing.RawMessage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/**
 * A gateway whose one flow answers out of a cache, and an origin that counts what reaches it. Each test has a path of its own,
 * and ends with nothing under way.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CachingFlowTest {
    private static final AtomicInteger PATHS = new AtomicInteger();

    private final List<RawMessage> reached = new CopyOnWriteArrayList<>();
    private volatile Origin.Answer answer = (request, connection) -> {
        throw new IllegalStateException("No answer has been scripted");
    };

    Origin origin;
    RunningGateway gateway;
    RawClient client;
    String path;

    /** The step that answers out of a cache. */
    static String cached(String cache, String origin) {
        return "- to: {uri: \"http-cache:" + cache + "\", parameters: {origin: \"" + origin + "\"}}";
    }

    @BeforeAll
    final void startAll() throws Exception {
        origin = Origin.answering((request, connection) -> {
            reached.add(request);
            answer.answer(request, connection);
        });
        RunningGateway.Builder builder = RunningGateway.with()
                .flow("gateway", RunningGateway.flow("gateway", "", cached("default", "upstream:origin")));
        gateway = configure(builder).start();
    }

    /** Adds flows and settings. */
    RunningGateway.Builder configure(RunningGateway.Builder builder) throws IOException {
        return builder.settings(settings(""));
    }

    /** The settings of the upstream, and more. */
    final String settings(String more) {
        return upstream("origin", origin.port()) + more;
    }

    @AfterAll
    final void stopAll() throws Exception {
        gateway.close();
        origin.close();
    }

    @BeforeEach
    final void connect() throws Exception {
        path = "/t" + PATHS.incrementAndGet();
        reached.clear();
        client = gateway.connect();
    }

    @AfterEach
    final void nothingIsUnderWay() throws Exception {
        client.close();
        awaitInFlight(0);
        awaitNoExchange();
    }

    /** Waits until the gateway answers so many requests. */
    final void awaitInFlight(int requests) {
        String gauge = "proxy_stone_requests_in_flight ";
        await().until(
                        () -> gateway.manage("/metrics")
                                .body()
                                .lines()
                                .filter(line -> line.startsWith(gauge))
                                .map(line -> Double.valueOf(line.substring(gauge.length())))
                                .toList(),
                        List.of((double) requests)::equals);
    }

    /** Waits until no exchange is in Camel's hands. */
    private static void awaitNoExchange() throws Exception {
        ObjectName pattern = new ObjectName("org.apache.camel:type=services,name=DefaultInflightRepository,*");
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        await().until(() -> {
            for (ObjectName each : server.queryNames(pattern, null)) {
                if ((int) server.getAttribute(each, "Size") > 0) {
                    return false;
                }
            }
            return true;
        });
    }

    final void originAnswers(Origin.Answer scripted) {
        answer = scripted;
    }

    /** The origin answers 200 with "answer 1", "answer 2" and so on. */
    final void originSays(String... fields) {
        answer = (request, connection) -> connection.respond(200, "answer " + reached.size(), fields);
    }

    final void assertReachedOrigin(int requests) {
        assertThat(reached.stream().map(RawMessage::startLine)).hasSize(requests);
    }

    /** A request that reached the origin, counted from 1. */
    final RawMessage reached(int number) {
        return reached.get(number - 1);
    }

    /** Waits until so many requests have reached the origin. */
    final void awaitReached(int requests) {
        await().until(() -> reached.size() >= requests);
    }

    final int reachedSoFar() {
        return reached.size();
    }

    final RawMessage get(String... fields) throws IOException {
        return client.get(path, fields);
    }
}
