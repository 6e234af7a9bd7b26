package io.proxystone.cache.flow;

import static io.proxystone.cache.flow.AnswerAssert.assertAnswer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.proxystone.RunningGateway;
import io.proxystone.testing.Origin;
import io.proxystone.testing.RawClient;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When what is stale answers all the same (RFC 5861, RFC 9111 §4.2.4). What comes with an Age beyond its lifetime is stale. */
class CachingStaleTest extends CachingFlowTest {

    private void originSaysStaleThen(String directives, Origin.Answer second) {
        originAnswers((request, connection) -> {
            if (reachedSoFar() == 1) {
                connection.respond(200, "first", "Cache-Control: max-age=1" + directives, "Age: 5", "ETag: \"a\"");
            } else {
                second.answer(request, connection);
            }
        });
    }

    @Test
    void staleWhileRevalidateAnswersAtOnceAndRefreshesOnce() throws Exception {
        Semaphore mayAnswer = new Semaphore(0);
        originSaysStaleThen(", stale-while-revalidate=60", (request, connection) -> {
            assertThat(mayAnswer.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            connection.respond(200, "second", "Cache-Control: max-age=60", "ETag: \"b\"");
        });
        get();
        for (int i = 0; i < 5; i++) {
            assertAnswer(get()).isHit().hasStatus(200).hasText("first");
        }
        awaitReached(2);
        assertThat(reached(2).field("If-None-Match")).isEqualTo("\"a\"");
        mayAnswer.release(10);
        await().untilAsserted(() -> assertAnswer(get()).isHit().hasText("second"));
        assertReachedOrigin(2);
    }

    @Test
    void staleWhileRevalidateIsRefreshedByAConfirmation() throws Exception {
        originSaysStaleThen(
                ", stale-while-revalidate=60",
                (request, connection) -> connection.send(
                        "HTTP/1.1 304 Not Modified\r\nX-B: new\r\nCache-Control: max-age=60\r\nETag: \"a\"\r\n\r\n"));
        get();
        get();
        await().untilAsserted(() -> assertAnswer(get()).isHit().hasText("first").hasField("X-B", "new"));
        assertReachedOrigin(2);
    }

    @Test
    void refreshThatFailsIsTriedAgainByTheNextRequest() throws Exception {
        originSaysStaleThen(", stale-while-revalidate=60", (request, connection) -> {
            if (reachedSoFar() < 5) {
                connection.respond(500, "");
            } else {
                connection.respond(200, "second", "Cache-Control: max-age=60");
            }
        });
        get();
        await().untilAsserted(() -> assertAnswer(get()).isHit().hasText("second"));
        assertReachedOrigin(5);
    }

    @Test
    void refreshOutlivesTheClientThatCausedIt() throws Exception {
        Semaphore mayAnswer = new Semaphore(0);
        originSaysStaleThen(", stale-while-revalidate=60", (request, connection) -> {
            assertThat(mayAnswer.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            connection.respond(200, "second", "Cache-Control: max-age=60");
        });
        get();
        get();
        awaitReached(2);
        client.close();
        awaitInFlight(0);
        mayAnswer.release();
        try (RawClient other = gateway.connect()) {
            await().untilAsserted(() -> assertAnswer(other.get(path)).isHit().hasText("second"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504})
    void staleIfErrorAnswersInsteadOfAnError(int status) throws Exception {
        originSaysStaleThen(
                ", stale-if-error=60",
                (request, connection) ->
                        connection.respond(status, request.startLine().startsWith("HEAD") ? "" : "broken"));
        get();
        assertAnswer(get()).hasStatus(200).hasText("first");
        assertAnswer(client.exchange("HEAD", path)).hasStatus(200).hasField("Content-Length", "5");
        assertReachedOrigin(3);
    }

    @Test
    void staleIfErrorOfTheClientAnswersInsteadOfAnError() throws Exception {
        originSaysStaleThen("", (request, connection) -> connection.respond(503, "broken"));
        get();
        assertAnswer(get("Cache-Control: stale-if-error=60")).hasStatus(200).hasText("first");
        assertReachedOrigin(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ", stale-if-error=1",
                ", stale-if-error=60, must-revalidate",
                ", stale-if-error=60, proxy-revalidate",
                ", stale-if-error=60, s-maxage=1",
                ", stale-if-error=60, no-cache",
                ", stale-while-revalidate=60, must-revalidate"
            })
    void errorPassesWhereStaleIsNotAllowed(String directives) throws Exception {
        originSaysStaleThen(directives, (request, connection) -> connection.respond(503, "broken"));
        get();
        assertAnswer(get()).isMiss().hasStatus(503).hasText("broken");
        assertReachedOrigin(2);
    }

    @Test
    void errorDoesNotTakeThePlaceOfWhatIsStored() throws Exception {
        originSaysStaleThen("", (request, connection) -> {
            if (reachedSoFar() == 2) {
                connection.respond(503, "broken");
            } else {
                connection.send("HTTP/1.1 304 Not Modified\r\nETag: \"a\"\r\n\r\n");
            }
        });
        get();
        assertAnswer(get()).hasStatus(503);
        assertAnswer(get()).isValidated().hasText("first");
    }

    @Test
    void maxStaleOfTheClientTakesWhatIsStale() throws Exception {
        originSaysStaleThen("", (request, connection) -> connection.respond(200, "second"));
        get();
        assertAnswer(get("Cache-Control: max-stale=60")).isHit().hasText("first");
        assertAnswer(get("Cache-Control: max-stale=2")).isMiss().hasText("second");
        assertReachedOrigin(2);
    }

    @Test
    void originThatCutsTheConnectionIsUnreachable() throws Exception {
        originSaysStaleThen("", (request, connection) -> connection.reset());
        get();
        assertAnswer(get()).hasStatus(200).hasText("first");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ", must-revalidate"})
    void originThatRefusesConnections(String directives) throws Exception {
        Origin mortal = Origin.answering((request, connection) -> {
            connection.respond(200, "first", "Cache-Control: max-age=1" + directives, "Age: 5", "ETag: \"a\"");
            connection.close();
        });
        try (RunningGateway own = RunningGateway.with()
                        .flow("gateway", RunningGateway.flow("gateway", "", cached("default", "upstream:origin")))
                        .settings(RunningGateway.upstream("origin", mortal.port()))
                        .start();
                RawClient each = own.connect()) {
            assertAnswer(each.get("/")).isStored();
            mortal.close();
            if (directives.isEmpty()) {
                assertAnswer(each.get("/")).hasStatus(200).hasText("first");
                assertAnswer(each.exchange("HEAD", "/")).hasStatus(200).hasField("Content-Length", "5");
            } else {
                assertThat(each.get("/").status()).isEqualTo(502);
            }
        }
    }
}
