package io.proxystone.cache.flow;

import static io.proxystone.cache.flow.AnswerAssert.assertAnswer;
import static io.proxystone.cache.flow.LargeContent.octets;
import static io.proxystone.cache.flow.LargeContent.sum;
import static io.proxystone.cache.flow.LargeContent.sumOfRest;
import static org.assertj.core.api.Assertions.assertThat;

import io.proxystone.RunningGateway;
import io.proxystone.cache.flow.LargeContent.Delimited;
import io.proxystone.testing.Origin;
import io.proxystone.testing.RawClient;
import io.proxystone.testing.RawMessage;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Many who want the same thing at once: the origin is asked once. */
class CachingCollapseTest extends CachingFlowTest {
    private static final String FRESH = "Cache-Control: max-age=60";
    private static final int MANY = 200;

    private final ExecutorService clients = Executors.newCachedThreadPool();

    @Override
    RunningGateway.Builder configure(RunningGateway.Builder builder) throws IOException {
        return builder.property("proxy.threads", "4")
                .flow("hasty", RunningGateway.flow("hasty", "/hasty", cached("hasty", "upstream:origin")))
                .flow("narrow", RunningGateway.flow("narrow", "/narrow", cached("narrow", "upstream:origin")))
                .flow("alone", RunningGateway.flow("alone", "/alone", cached("alone", "upstream:origin")))
                .settings(settings("""
                    caches:
                      hasty: {collapse: {deadline: 50ms}}
                      narrow: {collapse: {buffer: 128KiB}}
                      alone: {collapse: {enabled: false}}
                    """));
    }

    @AfterAll
    void stopClients() {
        clients.shutdownNow();
    }

    private <T> List<Future<T>> start(int count, Callable<T> work) {
        List<Future<T>> started = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            started.add(clients.submit(work));
        }
        return started;
    }

    private <T> List<T> results(List<Future<T>> started) throws Exception {
        List<T> results = new ArrayList<>();
        for (Future<T> each : started) {
            results.add(each.get(20, TimeUnit.SECONDS));
        }
        return results;
    }

    private RawMessage getAlone(String target, String... fields) throws IOException {
        try (RawClient own = gateway.connect()) {
            return own.get(target, fields);
        }
    }

    private String sumAlone(String target) throws IOException {
        try (RawClient own = gateway.connect()) {
            own.send("GET " + target + " HTTP/1.1\r\nHost: example.test\r\n\r\n");
            return sumOfRest(own.readHead(), own);
        }
    }

    @Test
    void manyClientsOfSomethingSmallCauseOneRequest() throws Exception {
        Semaphore mayAnswer = new Semaphore(0);
        originAnswers((request, connection) -> {
            assertThat(mayAnswer.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            connection.respond(200, "content", FRESH);
        });
        List<Future<RawMessage>> started = start(MANY, () -> getAlone(path));
        awaitInFlight(MANY);
        mayAnswer.release(MANY);
        int collapsed = 0;
        for (RawMessage answer : results(started)) {
            assertAnswer(answer).hasStatus(200).hasText("content");
            collapsed += answer.field("Cache-Status").contains("collapsed") ? 1 : 0;
        }
        assertThat(collapsed).isEqualTo(MANY - 1);
        assertAnswer(get()).isHit();
        assertReachedOrigin(1);
    }

    @ParameterizedTest
    @EnumSource
    void manyClientsOfSomethingLargeCauseOneRequest(Delimited delimited) throws Exception {
        byte[] octets = octets(1 << 20);
        Semaphore mayAnswer = new Semaphore(0);
        originAnswers((request, connection) -> {
            assertThat(mayAnswer.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            delimited.send(octets, FRESH, connection);
        });
        List<Future<String>> started = start(MANY, () -> sumAlone(path));
        awaitInFlight(MANY);
        mayAnswer.release(MANY);
        assertThat(results(started)).hasSize(MANY).containsOnly(sum(octets));
        assertThat(sum(get().body())).isEqualTo(sum(octets));
        assertReachedOrigin(1);
    }

    @Test
    void manyClientsThatComeWhileContentStreamsReadItFromTheStart() throws Exception {
        byte[] octets = octets(1 << 20);
        Semaphore mayGoOn = new Semaphore(0);
        originAnswers((request, connection) -> {
            LargeContent.sendHead("Transfer-Encoding: chunked", FRESH, connection);
            LargeContent.sendChunks(octets, 0, 500_000, connection);
            assertThat(mayGoOn.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            LargeContent.sendChunks(octets, 500_000, octets.length, connection);
            connection.send("0\r\n\r\n");
        });
        client.send("GET " + path + " HTTP/1.1\r\nHost: example.test\r\n\r\n");
        List<String> head = client.readHead();
        client.readChunk();
        List<Future<String>> started = start(50, () -> sumAlone(path));
        awaitInFlight(51);
        mayGoOn.release();
        assertThat(results(started)).hasSize(50).containsOnly(sum(octets));
        sumOfRest(head, client);
        assertReachedOrigin(1);
    }

    @Test
    void oneWhoComesAfterTheBeginningIsGoneAsksForItself() throws Exception {
        byte[] octets = octets(3 << 20);
        Semaphore mayGoOn = new Semaphore(0);
        originAnswers((request, connection) -> {
            LargeContent.sendHead("Content-Length: " + octets.length, FRESH, connection);
            LargeContent.sendPieces(octets, 0, 2 << 20, connection);
            if (reachedSoFar() == 1) {
                assertThat(mayGoOn.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            }
            LargeContent.sendPieces(octets, 2 << 20, octets.length, connection);
        });
        client.send("GET /narrow" + path + " HTTP/1.1\r\nHost: example.test\r\n\r\n");
        client.readHead();
        client.read(2 << 20);
        assertThat(sumAlone("/narrow" + path)).isEqualTo(sum(octets));
        mayGoOn.release();
        client.read(1 << 20);
        assertReachedOrigin(2);
    }

    @Test
    void slowAndFastReadersOfMoreThanIsKeptGetItWhole() throws Exception {
        byte[] octets = octets(3 << 20);
        Semaphore mayAnswer = new Semaphore(0);
        originAnswers((request, connection) -> {
            assertThat(mayAnswer.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            Delimited.BY_LENGTH.send(octets, FRESH, connection);
        });
        List<Future<String>> fast = start(20, () -> sumAlone("/narrow" + path));
        awaitInFlight(20);
        List<Future<String>> slow = start(5, () -> {
            try (RawClient own = new RawClient(gateway.port(), 4096)) {
                own.send("GET /narrow" + path + " HTTP/1.1\r\nHost: example.test\r\n\r\n");
                return sumOfRest(own.readHead(), own);
            }
        });
        List<Future<Boolean>> leaving = start(5, () -> {
            try (RawClient own = new RawClient(gateway.port(), 4096)) {
                own.send("GET /narrow" + path + " HTTP/1.1\r\nHost: example.test\r\n\r\n");
                own.readHead();
                own.read(700_000);
                own.reset();
                return true;
            }
        });
        awaitInFlight(30);
        mayAnswer.release(MANY);
        assertThat(results(fast)).containsOnly(sum(octets));
        assertThat(results(slow)).containsOnly(sum(octets));
        assertThat(results(leaving)).containsOnly(true);
        assertReachedOrigin(1);
    }

    @Test
    void waitersOfWhatIsNotStoredEachAskAndDoNotWaitForEachOther() throws Exception {
        Semaphore mayAnswer = new Semaphore(0);
        originAnswers((request, connection) -> {
            assertThat(mayAnswer.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            connection.respond(200, "content", "Cache-Control: no-store");
        });
        List<Future<RawMessage>> started = start(20, () -> getAlone(path));
        awaitInFlight(20);
        mayAnswer.release();
        // All the others are at the origin at the same time.
        awaitReached(20);
        mayAnswer.release(MANY);
        for (RawMessage answer : results(started)) {
            assertAnswer(answer).isMiss().isNotStored().hasText("content");
        }
        mayAnswer.drainPermits();
        List<Future<RawMessage>> second = start(20, () -> getAlone(path));
        awaitReached(40);
        mayAnswer.release(MANY);
        results(second);
        assertReachedOrigin(40);
    }

    @Test
    void clientsThatDifferInWhatVariesDoNotWaitForEachOther() throws Exception {
        originAnswers(
                (request, connection) -> connection.respond(200, request.field("Accept") + "", FRESH, "Vary: Accept"));
        get("Accept: first");
        Semaphore mayAnswer = new Semaphore(0);
        originAnswers((request, connection) -> {
            assertThat(mayAnswer.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            connection.respond(200, request.field("Accept"), FRESH, "Vary: Accept");
        });
        List<Future<RawMessage>> a = start(10, () -> getAlone(path, "Accept: a"));
        List<Future<RawMessage>> b = start(10, () -> getAlone(path, "Accept: b"));
        awaitInFlight(20);
        awaitReached(3);
        mayAnswer.release(MANY);
        for (RawMessage answer : results(a)) {
            assertAnswer(answer).hasText("a");
        }
        for (RawMessage answer : results(b)) {
            assertAnswer(answer).hasText("b");
        }
        assertReachedOrigin(3);
    }

    @Test
    void waitersThatTurnOutToWantAnotherVariantGetTheirs() throws Exception {
        Semaphore mayAnswer = new Semaphore(0);
        originAnswers((request, connection) -> {
            assertThat(mayAnswer.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            connection.respond(200, request.field("Accept"), FRESH, "Vary: Accept");
        });
        List<Future<RawMessage>> a = start(10, () -> getAlone(path, "Accept: a"));
        List<Future<RawMessage>> b = start(10, () -> getAlone(path, "Accept: b"));
        awaitInFlight(20);
        mayAnswer.release(MANY);
        for (RawMessage answer : results(a)) {
            assertAnswer(answer).hasStatus(200).hasText("a");
        }
        for (RawMessage answer : results(b)) {
            assertAnswer(answer).hasStatus(200).hasText("b");
        }
        assertThat(reachedSoFar()).isBetween(2, 3);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void leaderWhoLeavesIsNotMissed(boolean large) throws Exception {
        byte[] octets = octets(large ? 1 << 20 : 100);
        Semaphore mayAnswer = new Semaphore(0);
        originAnswers((request, connection) -> {
            assertThat(mayAnswer.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            Delimited.BY_LENGTH.send(octets, FRESH, connection);
        });
        RawClient leader = gateway.connect();
        leader.send("GET " + path + " HTTP/1.1\r\nHost: example.test\r\n\r\n");
        awaitReached(1);
        List<Future<String>> started = start(10, () -> sumAlone(path));
        awaitInFlight(11);
        leader.reset();
        awaitInFlight(10);
        mayAnswer.release();
        assertThat(results(started)).containsOnly(sum(octets));
        assertReachedOrigin(1);
    }

    @Test
    void originIsLeftAloneWhenAllHaveLeft() throws Exception {
        Semaphore left = new Semaphore(0);
        originAnswers((request, connection) -> {
            assertThat(connection.isClosedByPeer()).isTrue();
            left.release();
        });
        List<RawClient> leaving = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            RawClient each = gateway.connect();
            each.send("GET " + path + " HTTP/1.1\r\nHost: example.test\r\n\r\n");
            awaitReached(1);
            leaving.add(each);
        }
        awaitInFlight(5);
        for (RawClient each : leaving) {
            each.close();
        }
        assertThat(left.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        originSays(FRESH);
        assertAnswer(get()).isMiss().hasStatus(200);
        assertReachedOrigin(2);
    }

    @Test
    void oneWhoComesWhileTheOnlyOtherLeavesIsAnswered() throws Exception {
        for (int round = 0; round < 50; round++) {
            String own = path + "/" + round;
            int before = reachedSoFar();
            originAnswers((request, connection) -> {
                if (reachedSoFar() == before + 1) {
                    awaitEndFor(connection, 100);
                }
                connection.respond(200, "content", FRESH);
            });
            RawClient leaving = gateway.connect();
            leaving.send("GET " + own + " HTTP/1.1\r\nHost: example.test\r\n\r\n");
            awaitReached(before + 1);
            client.send("GET " + own + " HTTP/1.1\r\nHost: example.test\r\n\r\n");
            leaving.reset();
            assertAnswer(client.read()).hasStatus(200).hasText("content");
        }
    }

    /** Waits until the gateway gives the connection up, but not longer than so many milliseconds. */
    private static void awaitEndFor(Origin.Connection connection, int most) throws IOException {
        connection.socket().setSoTimeout(most);
        try {
            if (connection.isClosedByPeer()) {
                throw new EOFException("Nobody waits for the answer");
            }
        } catch (SocketTimeoutException e) {
            connection.socket().setSoTimeout(0);
        }
    }

    @Test
    void waitersGoThemselvesAfterTheDeadline() throws Exception {
        Semaphore mayAnswer = new Semaphore(0);
        originAnswers((request, connection) -> {
            if (reachedSoFar() == 1) {
                assertThat(mayAnswer.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            }
            connection.respond(200, "content", FRESH);
        });
        client.send("GET /hasty" + path + " HTTP/1.1\r\nHost: example.test\r\n\r\n");
        awaitReached(1);
        for (RawMessage answer : results(start(5, () -> getAlone("/hasty" + path)))) {
            assertAnswer(answer).hasStatus(200).hasText("content");
        }
        mayAnswer.release();
        assertAnswer(client.read()).hasStatus(200);
        assertThat(reachedSoFar()).isBetween(2, 6);
    }

    @Test
    void failureOfTheOriginReachesAllWaiters() throws Exception {
        Semaphore mayFail = new Semaphore(0);
        originAnswers((request, connection) -> {
            assertThat(mayFail.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            connection.send("nonsense\r\n\r\n");
            connection.close();
        });
        List<Future<RawMessage>> started = start(30, () -> getAlone(path));
        awaitInFlight(30);
        mayFail.release(MANY);
        for (RawMessage answer : results(started)) {
            assertAnswer(answer).hasStatus(502);
        }
        assertReachedOrigin(1);
    }

    @Test
    void contentThatIsCutShortIsCutShortForAllWaiters() throws Exception {
        byte[] octets = octets(1 << 20);
        Semaphore mayAnswer = new Semaphore(0);
        originAnswers((request, connection) -> {
            assertThat(mayAnswer.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            LargeContent.sendHead("Content-Length: " + octets.length, FRESH, connection);
            LargeContent.sendPieces(octets, 0, 500_000, connection);
            connection.reset();
        });
        List<Future<Boolean>> started = start(30, () -> {
            try {
                sumAlone(path);
                return false;
            } catch (IOException e) {
                return true;
            }
        });
        awaitInFlight(30);
        mayAnswer.release(MANY);
        assertThat(results(started)).containsOnly(true);
        assertReachedOrigin(1);
        originSays(FRESH);
        assertAnswer(get()).isMiss();
    }

    @Test
    void withoutCollapsingEachAsks() throws Exception {
        Semaphore mayAnswer = new Semaphore(0);
        originAnswers((request, connection) -> {
            assertThat(mayAnswer.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            connection.respond(200, "content", FRESH);
        });
        List<Future<RawMessage>> started = start(10, () -> getAlone("/alone" + path));
        awaitReached(10);
        mayAnswer.release(MANY);
        results(started);
        assertReachedOrigin(10);
    }

    @Test
    void requestsWithAuthorizationDoNotWaitForEachOther() throws Exception {
        Semaphore mayAnswer = new Semaphore(0);
        originAnswers((request, connection) -> {
            assertThat(mayAnswer.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            connection.respond(200, request.field("Authorization"), FRESH);
        });
        Future<RawMessage> one = clients.submit(() -> getAlone(path, "Authorization: a"));
        Future<RawMessage> other = clients.submit(() -> getAlone(path, "Authorization: b"));
        awaitReached(2);
        mayAnswer.release(2);
        assertAnswer(one.get()).hasText("a");
        assertAnswer(other.get()).hasText("b");
    }

    @Test
    void staleContentIsValidatedOnceForAll() throws Exception {
        originSays("Cache-Control: max-age=1", "Age: 5", "ETag: \"a\"");
        get();
        Semaphore mayAnswer = new Semaphore(0);
        originAnswers((request, connection) -> {
            assertThat(mayAnswer.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            connection.send("HTTP/1.1 304 Not Modified\r\nETag: \"a\"\r\nCache-Control: max-age=60\r\n\r\n");
        });
        List<Future<RawMessage>> started = start(30, () -> getAlone(path));
        awaitInFlight(30);
        mayAnswer.release(MANY);
        for (RawMessage answer : results(started)) {
            assertAnswer(answer).isValidated().hasText("answer 1");
        }
        assertReachedOrigin(2);
    }
}
