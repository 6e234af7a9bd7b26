package io.proxystone.cache.flow;

import static io.proxystone.cache.flow.AnswerAssert.assertAnswer;
import static org.assertj.core.api.Assertions.assertThat;

import io.proxystone.testing.RawClient;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What unsafe requests make invalid (RFC 9111 §4.4). */
class CachingInvalidationTest extends CachingFlowTest {

    private record Row(String method, int status, boolean invalidates) {}

    @TestFactory
    Stream<DynamicTest> byMethodAndStatus() {
        return Stream.of(
                        new Row("POST", 200, true),
                        new Row("POST", 201, true),
                        new Row("POST", 303, true),
                        new Row("PUT", 200, true),
                        new Row("PUT", 204, true),
                        new Row("DELETE", 200, true),
                        new Row("PATCH", 200, true),
                        new Row("FROBNICATE", 200, true),
                        new Row("POST", 400, false),
                        new Row("PUT", 500, false),
                        new Row("OPTIONS", 200, false))
                .map(row -> DynamicTest.dynamicTest(row.method() + " " + row.status(), () -> {
                    String own = path + "/" + row.method() + row.status();
                    originAnswers((request, connection) -> {
                        if (request.startLine().startsWith("GET")) {
                            connection.respond(200, "content", "Cache-Control: max-age=60");
                        } else if (row.status() == 204) {
                            connection.send("HTTP/1.1 204 No Content\r\n\r\n");
                        } else {
                            connection.respond(row.status(), "");
                        }
                    });
                    try (RawClient each = gateway.connect()) {
                        each.get(own);
                        assertAnswer(each.get(own)).isHit();
                        assertAnswer(each.exchange(row.method(), own, "Content-Length: 0"))
                                .isMiss()
                                .hasStatus(row.status());
                        if (row.invalidates()) {
                            assertAnswer(each.get(own)).isMiss();
                        } else {
                            assertAnswer(each.get(own)).isHit();
                        }
                    }
                }));
    }

    private void originAnswersUnsafeRequestsWith(String field) {
        originAnswers((request, connection) -> {
            if (request.startLine().startsWith("GET")) {
                connection.respond(200, "content", "Cache-Control: max-age=60");
            } else {
                connection.respond(201, "", field);
            }
        });
    }

    @Test
    void locationOfTheSameOriginIsInvalid() throws Exception {
        for (String reference : new String[] {
            "Location: " + path + "/made", "Content-Location: made", "Location: http://example.test" + path + "/made"
        }) {
            originAnswersUnsafeRequestsWith(reference.replace(": made", ": " + path.substring(1) + "/made"));
            client.get(path + "/made");
            assertAnswer(client.get(path + "/made")).isHit();
            client.exchange("POST", path, "Content-Length: 0");
            assertAnswer(client.get(path + "/made")).isMiss();
        }
    }

    @Test
    void locationOfAnotherOriginIsNot() throws Exception {
        originAnswersUnsafeRequestsWith("Location: http://other.test" + path + "/made");
        client.get(path + "/made");
        client.send("GET " + path + "/made HTTP/1.1\r\nHost: other.test\r\n\r\n");
        client.read();
        client.exchange("POST", path, "Content-Length: 0");
        assertAnswer(client.get(path + "/made")).isHit();
        client.send("GET " + path + "/made HTTP/1.1\r\nHost: other.test\r\n\r\n");
        assertAnswer(client.read()).isHit();
    }

    @Test
    void allVariantsAreInvalid() throws Exception {
        originAnswers((request, connection) ->
                connection.respond(200, "content", "Cache-Control: max-age=60", "Vary: Accept"));
        get("Accept: a");
        get("Accept: b");
        client.exchange("DELETE", path);
        assertAnswer(get("Accept: a")).isMiss();
        assertAnswer(get("Accept: b")).isMiss();
    }

    @Test
    void whatIsOnItsWayMeanwhileIsNotStored() throws Exception {
        Semaphore mayAnswer = new Semaphore(0);
        originAnswers((request, connection) -> {
            if (request.startLine().startsWith("GET")) {
                if (reachedSoFar() == 1) {
                    assertThat(mayAnswer.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
                }
                connection.respond(200, "answer " + reachedSoFar(), "Cache-Control: max-age=60");
            } else {
                connection.respond(200, "");
            }
        });
        client.send("GET " + path + " HTTP/1.1\r\nHost: example.test\r\n\r\n");
        awaitReached(1);
        try (RawClient other = gateway.connect()) {
            other.exchange("PUT", path, "Content-Length: 0");
            mayAnswer.release();
            assertAnswer(client.read()).isMiss().isNotStored();
            assertAnswer(other.get(path)).isMiss().hasText("answer 3");
            assertAnswer(other.get(path)).isHit();
        }
    }

    @Test
    void largeContentOnItsWayMeanwhileIsNotStoredAndReachesItsClientWhole() throws Exception {
        Semaphore mayGoOn = new Semaphore(0);
        byte[] half = new byte[100_000];
        originAnswers((request, connection) -> {
            if (request.startLine().startsWith("PUT")) {
                connection.respond(200, "");
                return;
            }
            connection.send("HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\nContent-Length: 200000\r\n\r\n");
            connection.send(half);
            if (reachedSoFar() == 1) {
                assertThat(mayGoOn.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            }
            connection.send(half);
        });
        client.send("GET " + path + " HTTP/1.1\r\nHost: example.test\r\n\r\n");
        client.readHead();
        client.read(100_000);
        try (RawClient other = gateway.connect()) {
            other.exchange("PUT", path, "Content-Length: 0");
            mayGoOn.release();
            client.read(100_000);
            assertAnswer(other.get(path)).isMiss();
            assertAnswer(other.get(path)).isHit();
        }
    }
}
