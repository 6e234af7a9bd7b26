package io.proxystone.cache.flow;

import static io.proxystone.cache.flow.AnswerAssert.assertAnswer;
import static org.assertj.core.api.Assertions.assertThat;

import io.proxystone.testing.RawClient;
import io.proxystone.testing.RawMessage;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the cache stores and when it answers with it (RFC 9111 §3, §4). */
class CachingReuseTest extends CachingFlowTest {

    @Test
    void secondRequestIsAHit() throws Exception {
        originSays("Cache-Control: max-age=60", "X-A: 1");
        assertAnswer(get()).isMiss().isStored().hasText("answer 1");
        assertAnswer(get()).isHit().hasStatus(200).hasText("answer 1").hasField("X-A", "1");
        assertReachedOrigin(1);
    }

    @Test
    void hitHasAnAgeThatCountsOnFromTheOrigins() throws Exception {
        originSays("Cache-Control: max-age=60", "Age: 7");
        get();
        assertThat(Integer.parseInt(get().field("Age"))).isBetween(7, 20);
        assertReachedOrigin(1);
    }

    @Test
    void missThatComesFreshHasNoAge() throws Exception {
        originSays("Cache-Control: max-age=60");
        assertAnswer(get()).isMiss().hasNo("Age");
    }

    @Test
    void cacheStatusTellsKeyAndLifetime() throws Exception {
        originSays("Cache-Control: max-age=60");
        String key = ";key=\"http://example.test" + path + "\"";
        assertThat(get().field("Cache-Status"))
                .matches("proxy-stone;fwd=uri-miss;fwd-status=200;ttl=(59|60);stored" + key);
        assertThat(get().field("Cache-Status")).matches("proxy-stone;hit;ttl=\\d+" + key);
    }

    @Test
    void queryAndHostTellResponsesApart() throws Exception {
        originSays("Cache-Control: max-age=60");
        get();
        assertAnswer(client.get(path + "?a=1")).isMiss();
        assertAnswer(client.get(path + "?a=2")).isMiss();
        client.send("GET " + path + " HTTP/1.1\r\nHost: other.test\r\n\r\n");
        assertAnswer(client.read()).isMiss();
        assertAnswer(client.get(path + "?a=1")).isHit();
        assertReachedOrigin(4);
    }

    @Test
    void variantsAreStoredSideBySide() throws Exception {
        originAnswers((request, connection) -> connection.respond(
                200, request.field("Accept-Language") + "!", "Cache-Control: max-age=60", "Vary: Accept-Language"));
        for (String language : new String[] {"de", "en", "fr"}) {
            assertAnswer(get("Accept-Language: " + language)).isMiss().hasText(language + "!");
        }
        for (String language : new String[] {"de", "en", "fr"}) {
            assertAnswer(get("Accept-Language: " + language)).isHit().hasText(language + "!");
        }
        assertAnswer(get()).isMiss().hasText("null!");
        assertReachedOrigin(4);
    }

    private record Row(String section, String responseField, String requestField, boolean reused) {}

    @TestFactory
    Stream<DynamicTest> whatIsReused() {
        return Stream.of(
                        new Row("§5.2.2.1 max-age", "Cache-Control: max-age=60", "X: 1", true),
                        new Row("§5.2.2.10 s-maxage", "Cache-Control: max-age=0, s-maxage=60", "X: 1", true),
                        new Row("§5.3 Expires", "Expires: Fri, 01 Jan 2100 00:00:00 GMT", "X: 1", true),
                        new Row("§5.3 Expires: 0", "Expires: 0", "X: 1", false),
                        new Row("§4.2.2 heuristic", "Last-Modified: Tue, 01 Jan 2019 00:00:00 GMT", "X: 1", true),
                        new Row("§3 nothing", "X-A: b", "X: 1", false),
                        new Row("§5.2.2.5 no-store", "Cache-Control: no-store, max-age=60", "X: 1", false),
                        new Row("§5.2.2.7 private", "Cache-Control: private, max-age=60", "X: 1", false),
                        new Row("§4.1 Vary: *", "Vary: *\r\nCache-Control: max-age=60", "X: 1", false),
                        new Row("§3.5 Authorization", "Cache-Control: max-age=60", "Authorization: Basic eA==", false),
                        new Row("§3.5 public", "Cache-Control: public, max-age=60", "Authorization: Basic eA==", true),
                        new Row("§3.5 s-maxage", "Cache-Control: s-maxage=60", "Authorization: Basic eA==", true),
                        new Row("§5.2.1.5 no-store", "Cache-Control: max-age=60", "Cache-Control: no-store", false),
                        new Row(
                                "RFC 9213 §2.2",
                                "CDN-Cache-Control: max-age=60\r\nCache-Control: no-store",
                                "X: 1",
                                true))
                .map(row -> DynamicTest.dynamicTest(row.section(), () -> {
                    String own = path + "/" + Integer.toHexString(row.hashCode());
                    int before = reachedSoFar();
                    originSays(row.responseField());
                    try (RawClient each = gateway.connect()) {
                        assertAnswer(each.get(own, row.requestField())).isMiss();
                        RawMessage second = each.get(own, row.requestField());
                        assertThat(reachedSoFar() - before).isEqualTo(row.reused() ? 1 : 2);
                        if (row.reused()) {
                            assertAnswer(second).isHit();
                        } else {
                            assertAnswer(second).isMiss().isNotStored();
                        }
                    }
                }));
    }

    @Test
    void headIsAnsweredFromWhatGetStored() throws Exception {
        originSays("Cache-Control: max-age=60");
        get();
        assertAnswer(client.exchange("HEAD", path)).isHit().hasField("Content-Length", "8");
        assertAnswer(get()).isHit();
        assertReachedOrigin(1);
    }

    @Test
    void headOfWhatIsNotStoredGoesToTheOriginAndIsNotStored() throws Exception {
        originAnswers((request, connection) -> connection.respond(
                200, request.startLine().startsWith("HEAD") ? "" : "content", "Cache-Control: max-age=60"));
        assertAnswer(client.exchange("HEAD", path)).isMiss();
        assertAnswer(get()).isMiss().hasText("content");
        assertThat(reached(1).startLine()).startsWith("HEAD ");
        assertThat(reached(2).startLine()).startsWith("GET ");
    }

    @Test
    void onlyIfCachedIs504UnlessItIs() throws Exception {
        originSays("Cache-Control: max-age=60");
        assertAnswer(get("Cache-Control: only-if-cached")).hasStatus(504);
        assertReachedOrigin(0);
        get();
        assertAnswer(get("Cache-Control: only-if-cached")).isHit().hasStatus(200);
        assertReachedOrigin(1);
    }

    @Test
    void clientThatWantsItNewCausesAValidation() throws Exception {
        originAnswers((request, connection) -> {
            if (request.field("If-None-Match") != null) {
                connection.send("HTTP/1.1 304 Not Modified\r\nETag: \"a\"\r\n\r\n");
            } else {
                connection.respond(200, "content", "Cache-Control: max-age=60", "ETag: \"a\"");
            }
        });
        get();
        assertAnswer(get("Cache-Control: no-cache")).isValidated().hasText("content");
        assertAnswer(get("Cache-Control: max-age=0")).isValidated().hasText("content");
        assertAnswer(get("Pragma: no-cache")).isValidated().hasText("content");
        assertReachedOrigin(4);
    }

    @Test
    void statusOtherThan200IsReused() throws Exception {
        originAnswers((request, connection) -> connection.respond(404, "none", "Cache-Control: max-age=60"));
        assertAnswer(get()).isMiss().hasStatus(404);
        assertAnswer(get()).isHit().hasStatus(404).hasText("none");
        assertReachedOrigin(1);
    }

    @Test
    void emptyContentIsReused() throws Exception {
        originAnswers((request, connection) -> {
            if (request.startLine().contains("nothing")) {
                connection.send("HTTP/1.1 204 No Content\r\nCache-Control: max-age=60\r\n\r\n");
            } else {
                connection.respond(200, "", "Cache-Control: max-age=60");
            }
        });
        for (String each : new String[] {path, path + "/nothing"}) {
            assertAnswer(client.get(each)).isMiss().hasText("");
            assertAnswer(client.get(each)).isHit().hasText("");
        }
        assertReachedOrigin(2);
    }

    @Test
    void clientOfHttp10GetsAHit() throws Exception {
        originSays("Cache-Control: max-age=60");
        get();
        try (RawClient old = gateway.connect()) {
            old.send("GET " + path + " HTTP/1.0\r\nHost: example.test\r\n\r\n");
            assertAnswer(old.read()).isHit().hasText("answer 1");
            assertThat(old.isClosedByPeer()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 302, 503})
    void whatMayBeStoredIsStoredAfterSomethingThatMayNot(int status) throws Exception {
        originAnswers((request, connection) -> connection.respond(
                reachedSoFar() == 1 ? status : 200,
                "answer " + reachedSoFar(),
                reachedSoFar() == 1 ? "X-A: b" : "Cache-Control: max-age=60"));
        assertAnswer(get()).isMiss().isNotStored().hasStatus(status);
        assertAnswer(get()).isMiss().isStored().hasStatus(200);
        assertAnswer(get()).isHit().hasText("answer 2");
        assertReachedOrigin(2);
    }

    @Test
    void conditionsForWhatIsNotStoredReachTheOrigin() throws Exception {
        originSays("Cache-Control: no-store", "ETag: \"a\"");
        get();
        get("If-None-Match: \"a\"");
        assertThat(reached(2).field("If-None-Match")).isEqualTo("\"a\"");
    }
}
