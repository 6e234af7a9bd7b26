package io.proxystone.cache.flow;

import static io.proxystone.cache.flow.AnswerAssert.assertAnswer;
import static org.assertj.core.api.Assertions.assertThat;

import io.proxystone.testing.RawClient;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Conditions of clients, which the cache evaluates against what it has stored (RFC 9111 §4.3.2). */
class CachingConditionsTest extends CachingFlowTest {
    private static final String MODIFIED = "Tue, 01 Jan 2019 00:00:00 GMT";
    private static final String EARLIER = "Mon, 31 Dec 2018 23:59:59 GMT";
    private static final String LATER = "Tue, 01 Jan 2019 00:00:01 GMT";

    private record Row(String condition, int status) {}

    private void originSaysWithValidators() {
        originSays(
                "Cache-Control: max-age=60", "ETag: \"a\"", "Last-Modified: " + MODIFIED, "Content-Type: text/plain");
    }

    @TestFactory
    Stream<DynamicTest> ofAHit() {
        return Stream.of(
                        new Row("If-None-Match: \"a\"", 304),
                        new Row("If-None-Match: W/\"a\"", 304),
                        new Row("If-None-Match: \"b\", \"a\"", 304),
                        new Row("If-None-Match: *", 304),
                        new Row("If-None-Match: \"b\"", 200),
                        new Row("If-Modified-Since: " + MODIFIED, 304),
                        new Row("If-Modified-Since: " + LATER, 304),
                        new Row("If-Modified-Since: " + EARLIER, 200),
                        new Row("If-Modified-Since: yesterday", 200),
                        new Row("If-None-Match: \"b\"\r\nIf-Modified-Since: " + LATER, 200))
                .map(row -> DynamicTest.dynamicTest(row.condition(), () -> {
                    String own = path + "/" + Integer.toHexString(row.hashCode());
                    int before = reachedSoFar();
                    originSaysWithValidators();
                    try (RawClient each = gateway.connect()) {
                        each.get(own);
                        for (String method : new String[] {"GET", "HEAD"}) {
                            assertAnswer(each.exchange(method, own, row.condition()))
                                    .isHit()
                                    .hasStatus(row.status())
                                    .hasField("ETag", "\"a\"");
                        }
                        assertThat(reachedSoFar() - before).isEqualTo(1);
                    }
                }));
    }

    @Test
    void conditionOfAMissIsAnsweredAfterTheWholeHasBeenFetched() throws Exception {
        originSaysWithValidators();
        assertAnswer(get("If-None-Match: \"a\"")).isStored().hasStatus(304).hasText("");
        assertThat(reached(1).fields("If-None-Match")).isEmpty();
        assertAnswer(get()).isHit().hasStatus(200).hasText("answer 1");
        assertReachedOrigin(1);
    }

    @Test
    void conditionsForTheOriginGoThere() throws Exception {
        originAnswers((request, connection) -> connection.respond(
                request.fields("If-Match").isEmpty()
                                && request.fields("If-Unmodified-Since").isEmpty()
                        ? 200
                        : 412,
                "content",
                "Cache-Control: max-age=60",
                "ETag: \"a\""));
        get();
        assertAnswer(get("If-Match: \"b\"")).isMiss().hasStatus(412);
        assertAnswer(get("If-Unmodified-Since: " + EARLIER)).isMiss().hasStatus(412);
        assertAnswer(get()).isHit().hasStatus(200);
        assertReachedOrigin(3);
    }
}
