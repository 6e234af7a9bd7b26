package io.proxystone.cache.flow;

import static io.proxystone.cache.flow.AnswerAssert.assertAnswer;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Stale responses and the origin's word about them (RFC 9111 §4.3). What comes with an Age beyond its lifetime is stale. */
class CachingValidationTest extends CachingFlowTest {
    private static final String STALE = "Cache-Control: max-age=1\r\nAge: 5";
    private static final String MODIFIED = "Tue, 01 Jan 2019 00:00:00 GMT";

    /** The origin answers with stale content that has a validator, and then by another response. */
    private void originSaysStaleThen(String validator, String second) {
        originAnswers((request, connection) -> {
            if (reachedSoFar() == 1) {
                connection.respond(200, "first", STALE, validator);
            } else {
                connection.send(second);
            }
        });
    }

    @Test
    void confirmedByEntityTag() throws Exception {
        originSaysStaleThen(
                "ETag: \"a\"",
                "HTTP/1.1 304 Not Modified\r\nETag: \"a\"\r\nX-B: new\r\nCache-Control: max-age=60\r\n\r\n");
        assertAnswer(get()).isMiss().isStored();
        assertAnswer(get()).isValidated().hasStatus(200).hasText("first").hasField("X-B", "new");
        assertThat(reached(2).field("If-None-Match")).isEqualTo("\"a\"");
        assertAnswer(get()).isHit().hasText("first").hasField("X-B", "new");
        assertReachedOrigin(2);
    }

    @Test
    void confirmedByDate() throws Exception {
        originSaysStaleThen(
                "Last-Modified: " + MODIFIED, "HTTP/1.1 304 Not Modified\r\nCache-Control: max-age=60\r\n\r\n");
        get();
        assertAnswer(get()).isValidated().hasText("first");
        assertThat(reached(2).field("If-Modified-Since")).isEqualTo(MODIFIED);
        assertAnswer(get()).isHit();
        assertReachedOrigin(2);
    }

    @Test
    void replacedByAnotherResponse() throws Exception {
        originSaysStaleThen(
                "ETag: \"a\"",
                "HTTP/1.1 200 OK\r\nETag: \"b\"\r\nCache-Control: max-age=60\r\nContent-Length: 6\r\n\r\nsecond");
        get();
        assertAnswer(get()).isMiss().isStored().hasText("second");
        assertAnswer(get()).isHit().hasText("second").hasField("ETag", "\"b\"");
        assertReachedOrigin(2);
    }

    @Test
    void confirmationAnswersTheClientsOwnCondition() throws Exception {
        originSaysStaleThen(
                "ETag: \"a\"", "HTTP/1.1 304 Not Modified\r\nETag: \"a\"\r\nCache-Control: max-age=60\r\n\r\n");
        get();
        assertAnswer(get("If-None-Match: \"a\"")).isValidated().hasStatus(304);
        assertAnswer(get("If-None-Match: \"b\"")).isHit().hasStatus(200).hasText("first");
        assertReachedOrigin(2);
    }

    @Test
    void noCacheIsConfirmedEachTime() throws Exception {
        originAnswers((request, connection) -> {
            if (request.field("If-None-Match") == null) {
                connection.respond(200, "first", "Cache-Control: no-cache, max-age=60", "ETag: \"a\"");
            } else {
                connection.send("HTTP/1.1 304 Not Modified\r\nETag: \"a\"\r\n\r\n");
            }
        });
        get();
        assertAnswer(get()).isValidated().hasText("first");
        assertAnswer(get()).isValidated().hasText("first");
        assertReachedOrigin(3);
    }

    @Test
    void confirmationOfSomethingElseIsFollowedByAPlainRequest() throws Exception {
        originAnswers((request, connection) -> {
            if (request.field("If-None-Match") == null) {
                connection.respond(200, "answer " + reachedSoFar(), STALE, "ETag: \"a\"");
            } else {
                connection.send("HTTP/1.1 304 Not Modified\r\nETag: \"unknown\"\r\n\r\n");
            }
        });
        get();
        assertAnswer(get()).isMiss().hasStatus(200).hasText("answer 3");
        assertThat(reached(3).fields("If-None-Match")).isEmpty();
        assertReachedOrigin(3);
    }

    @Test
    void variantsStoredForOthersAreOfferedToTheOrigin() throws Exception {
        originAnswers((request, connection) -> {
            if (request.field("If-None-Match") == null) {
                connection.respond(200, "english", "Cache-Control: max-age=60", "ETag: \"e\"", "Vary: Accept-Language");
            } else {
                connection.send("HTTP/1.1 304 Not Modified\r\nETag: \"e\"\r\nVary: Accept-Language\r\n\r\n");
            }
        });
        get("Accept-Language: en");
        assertAnswer(get("Accept-Language: en-GB")).isValidated().hasStatus(200).hasText("english");
        assertThat(reached(2).field("If-None-Match")).isEqualTo("\"e\"");
    }

    @Test
    void headThatDescribesWhatIsStoredFreshensIt() throws Exception {
        originAnswers((request, connection) -> {
            if (request.startLine().startsWith("HEAD")) {
                connection.send(
                        "HTTP/1.1 200 OK\r\nETag: \"a\"\r\nContent-Length: 5\r\nCache-Control: max-age=60\r\n\r\n");
            } else {
                connection.respond(200, "first", STALE, "ETag: \"a\"");
            }
        });
        get();
        assertAnswer(client.exchange("HEAD", path)).isMiss().hasStatus(200);
        assertAnswer(get()).isHit().hasText("first");
        assertReachedOrigin(2);
    }

    @Test
    void headThatDescribesAnotherMakesWhatIsStoredStale() throws Exception {
        originAnswers((request, connection) -> {
            if (request.startLine().startsWith("HEAD")) {
                connection.send(
                        "HTTP/1.1 200 OK\r\nETag: \"b\"\r\nContent-Length: 6\r\nCache-Control: max-age=60\r\n\r\n");
            } else {
                connection.respond(200, "answer " + reachedSoFar(), "Cache-Control: max-age=60", "ETag: \"a\"");
            }
        });
        get();
        client.exchange("HEAD", path, "Cache-Control: no-cache");
        assertAnswer(get()).isMiss().hasText("answer 3");
        assertReachedOrigin(3);
    }

    @Test
    void headOfWhatIsStaleIsAnsweredByAConfirmation() throws Exception {
        originSaysStaleThen(
                "ETag: \"a\"", "HTTP/1.1 304 Not Modified\r\nETag: \"a\"\r\nCache-Control: max-age=60\r\n\r\n");
        get();
        assertAnswer(client.exchange("HEAD", path)).isValidated().hasStatus(200).hasField("Content-Length", "5");
        assertAnswer(get()).isHit().hasText("first");
        assertReachedOrigin(2);
    }

    @Test
    void headConfirmedAsSomethingElseIsFollowedByAPlainRequest() throws Exception {
        originAnswers((request, connection) -> {
            if (request.startLine().startsWith("GET")) {
                connection.respond(200, "first", STALE, "ETag: \"a\"");
            } else if (request.field("If-None-Match") == null) {
                connection.send("HTTP/1.1 200 OK\r\nETag: \"b\"\r\nContent-Length: 6\r\n\r\n");
            } else {
                connection.send("HTTP/1.1 304 Not Modified\r\nETag: \"b\"\r\n\r\n");
            }
        });
        get();
        assertAnswer(client.exchange("HEAD", path)).isMiss().hasStatus(200).hasField("ETag", "\"b\"");
        assertReachedOrigin(3);
    }
}
