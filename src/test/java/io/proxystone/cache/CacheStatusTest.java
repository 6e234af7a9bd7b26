package io.proxystone.cache;

import static io.proxystone.cache.Given.T;
import static io.proxystone.cache.Given.get;
import static io.proxystone.cache.Given.response;
import static io.proxystone.cache.Given.rule;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What Cache-Status says (RFC 9211). */
class CacheStatusTest {
    private static final String KEY = ";key=\"http://a.example/\"";

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    §2.4 | MAY | ttl is what remains of its lifetime    | Cache-Control: max-age=60          | 0     | 60
                    §2.4 | MAY | in whole seconds                       | Cache-Control: max-age=60          | 1     | 59
                    §2.4 | MAY | it is 0 when the last second runs      | Cache-Control: max-age=60          | 59001 | 0
                    §2.4 | MAY | it is 0 at the end                     | Cache-Control: max-age=60          | 60000 | 0
                    §2.4 | MAY | negative once it is stale              | Cache-Control: max-age=60          | 60001 | -1
                    §2.4 | MAY | and it counts on                       | Cache-Control: max-age=60          | 62000 | -2
                    """)
    void hitTellsHowLongItStaysFresh(String section, String level, String sentence, String fields, long age, long ttl) {
        StoredHead head = response(fields).storedHead(1, get(""));
        assertThat(CacheStatus.hit(Given.KEY, head, T + age).text()).isEqualTo("proxy-stone;hit;ttl=" + ttl + KEY);
    }

    @Test
    void hitTellsTheRuleThatDecided() {
        StoredHead head = response("X: y").under(rule("ttl=60")).storedHead(1, get(""));
        assertThat(CacheStatus.hit(Given.KEY, head, T).text())
                .isEqualTo("proxy-stone;hit;ttl=60" + KEY + ";detail=\"r\"");
    }

    @ParameterizedTest
    @EnumSource(ForwardReason.class)
    void whatGoesToTheOriginTellsWhy(ForwardReason reason) {
        assertThat(CacheStatus.forwarded(reason, 404, Given.KEY, "").text())
                .isEqualTo("proxy-stone;fwd=" + reason.token() + ";fwd-status=404" + KEY);
    }

    @Test
    void reasonsAreThoseOfTheRfc() {
        assertThat(ForwardReason.values())
                .extracting(ForwardReason::token)
                .containsExactly("bypass", "method", "uri-miss", "vary-miss", "miss", "request", "stale", "partial");
    }

    @Test
    void withoutAnAnswerThereIsNoStatus() {
        assertThat(CacheStatus.forwarded(ForwardReason.STALE, 0, Given.KEY, "").text())
                .isEqualTo("proxy-stone;fwd=stale" + KEY);
    }

    @Test
    void whatIsStoredAndSharedSaysSo() {
        CacheStatus status = new CacheStatus(ForwardReason.URI_MISS, 200, 60L, true, true, Given.KEY, "d");
        assertThat(status.text())
                .isEqualTo("proxy-stone;fwd=uri-miss;fwd-status=200;ttl=60;stored;collapsed" + KEY + ";detail=\"d\"");
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
                    RFC 9651 §4.1.6 | MUST | a quote is escaped                 | a"b      | a\\"b
                    RFC 9651 §4.1.6 | MUST | a backslash is escaped             | a\\b     | a\\\\b
                    RFC 9651 §3.3.3 | MUST | controls have no place in a string | a\tb     | a?b
                    RFC 9651 §3.3.3 | MUST | nor has what is not ASCII          | a\u00e4b | a?b
                    RFC 9651 §3.3.3 | MUST | nor has what is beyond Latin       | a\u20acb | a?b
                    RFC 9651 §3.3.3 | MUST | nor has DEL                        | a\u007fb | a?b
                    RFC 9651 §3.3.3 | MAY  | all that is visible has            | a ,;='~b | a ,;='~b
                    """)
    void keyAndDetailAreStrings(String section, String level, String sentence, String raw, String written) {
        assertThat(CacheStatus.forwarded(ForwardReason.MISS, 0, new CacheKey(raw), raw)
                        .text())
                .isEqualTo("proxy-stone;fwd=miss;key=\"" + written + "\";detail=\"" + written + "\"");
    }
}
