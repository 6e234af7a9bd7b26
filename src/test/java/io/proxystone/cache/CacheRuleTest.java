package io.proxystone.cache;

import static io.proxystone.cache.Given.fields;
import static io.proxystone.cache.Given.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.proxystone.cache.CacheRule.Directives;
import io.proxystone.http.CacheControl;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which requests and responses a rule is about, and what it may say. */
class CacheRuleTest {
    private static final CacheTarget TARGET = new CacheTarget("http", "A.example:8080", "/b/c", null);

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    a text is itself                        | /a      | /a      | true
                    all of it                               | /a      | /ab     | false
                    from its start                          | /a      | b/a     | false
                    case counts                             | /a      | /A      | false
                    a star is anything                      | *       | /a/b    | true
                    nothing, too                            | *       | ''      | true
                    a star at the end                       | /a/*    | /a/b/c  | true
                    which may be nothing                    | /a/*    | /a/     | true
                    but nothing is missing before it        | /a/*    | /a      | false
                    a star at the start                     | *.png   | /a.png  | true
                    not at the end                          | *.png   | /a.pngx | false
                    a star within                           | /a/*/c  | /a/b/b/c | true
                    it takes as much as it has to           | a*bc    | abcbc   | true
                    and as little                           | a*b*c   | abc     | true
                    several stars                           | *a*b*   | xaxbx   | true
                    in order                                | *a*b*   | xbxax   | false
                    two in a row are one                    | a**     | ab      | true
                    a point is a point                      | a.b     | axb     | false
                    a question mark is one, too             | a?b     | axb     | false
                    the empty text is itself                | ''      | ''      | true
                    and nothing else                        | ''      | a       | false
                    """)
    void starStandsForAnyCharacters(String sentence, String pattern, String text, boolean matches) {
        assertThat(new Pattern(pattern).matches(text)).isEqualTo(matches);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    nothing given matches all               | -                           | true
                    the path                                | path=/b/*                   | true
                    another path                            | path=/c/*                   | false
                    one of several paths                    | path=/c/* path=/b/c         | true
                    the host without its port               | host=a.example              | true
                    a host in any case                      | host=*.EXAMPLE              | true
                    another host                            | host=b.example              | false
                    the method                              | method=GET                  | true
                    written in lower case                   | method=get                  | true
                    another method                          | method=POST                 | false
                    a header                                | header:A=1*                 | true
                    on any of its lines                     | header:A=2                  | true
                    its name in any case                    | header:a=2                  | true
                    another value                           | header:A=3                  | false
                    any value                               | header:X-B=*                | true
                    an absent header                        | header:C=*                  | false
                    all headers given have to match         | header:A=2 header:C=*       | false
                    all that is given has to match          | path=/b/* method=POST       | false
                    """)
    void requestsMatchAllThatIsGiven(String sentence, String match, boolean matches) {
        assertThat(match(match).matches("GET", TARGET.host(), TARGET.path(), fields("A: 12 & A: 2 & x-b: y")))
                .isEqualTo(matches);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    nothing given matches all               | -                           | true
                    the status                              | status=404                  | true
                    a class of statuses                     | status=4*                   | true
                    another status                          | status=200                  | false
                    the media type without parameters       | content-type=text/html      | true
                    in any case                             | content-type=Text/*         | true
                    another media type                      | content-type=image/*        | false
                    both have to match                      | status=404 content-type=image/* | false
                    """)
    void responsesMatchAllThatIsGiven(String sentence, String match, boolean matches) {
        assertThat(match(match)
                        .matches(response("Content-Type: text/HTML ; charset=utf-8")
                                .status(404)
                                .head()))
                .isEqualTo(matches);
    }

    @Test
    void aResponseWithoutMediaTypeHasNone() {
        assertThat(match("content-type=*/*").matches(response("X: y").head())).isFalse();
        assertThat(match("content-type=*").matches(response("X: y").head())).isTrue();
    }

    @Test
    void firstRuleThatMatchesCounts() {
        CacheRule path = named("path", match("path=/b/*"), false, null);
        CacheRule status = named("status", match("path=/b/* status=404"), false, null);
        CacheRule rest = named("rest", null, false, null);
        CacheSettings settings = settings(status, path, rest);
        assertThat(settings.requestRule("GET", TARGET, fields(""))).isEqualTo(path);
        assertThat(settings.rule(
                        "GET", TARGET, fields(""), response("").status(404).head()))
                .isEqualTo(status);
        assertThat(settings.rule("GET", TARGET, fields(""), response("").head()))
                .isEqualTo(path);
        CacheTarget other = new CacheTarget("http", "a.example", "/x", null);
        assertThat(settings.requestRule("GET", other, fields(""))).isEqualTo(rest);
        assertThat(settings(status).requestRule("GET", TARGET, fields(""))).isEqualTo(CacheRule.DEFAULT);
        assertThat(settings(status).rule("GET", other, fields(""), response("").head()))
                .isEqualTo(CacheRule.DEFAULT);
    }

    @Test
    void directivesOfClientsCanBeIgnored() {
        CacheRule ignoring = new CacheRule(
                "r",
                null,
                false,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                Directives.IGNORE,
                false,
                null,
                null,
                null,
                null,
                null);
        assertThat(settings(ignoring)
                        .request("GET", TARGET, fields("Cache-Control: no-cache"), () -> "")
                        .control())
                .isEqualTo(CacheControl.NONE);
        assertThat(settings()
                        .request("GET", TARGET, fields("Cache-Control: no-cache"), () -> "")
                        .control()
                        .noCache())
                .isTrue();
    }

    @Test
    void onlyPostAndQueryAreStoredByTheirContent() {
        assertThat(Given.rule("body-methods=post").cachesMethod("POST")).isTrue();
        assertThat(Given.rule("body-methods=QUERY").cachesMethod("POST")).isFalse();
        assertThatThrownBy(() -> Given.rule("body-methods=PUT"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("body-methods");
    }

    @Test
    void shortestLifetimeIsNotLongerThanTheLongest() {
        assertThat(Given.rule("min-ttl=5 max-ttl=5").bound(9000)).isEqualTo(5000);
        assertThatThrownBy(() -> Given.rule("min-ttl=6 max-ttl=5"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("min-ttl");
    }

    @Test
    void whatCountsBeforeThereIsAResponseCannotDependOnIt() {
        for (String match : List.of("status=404", "content-type=a/b")) {
            assertRefused(named("r", match(match), true, null));
            assertRefused(named("r", match(match), false, new KeyRule(null, List.of("A"), null, false, false)));
        }
        assertThat(settings(named("r", match("path=/a"), true, null)).rules()).hasSize(1);
        assertThat(settings(named("r", match("status=404"), false, null)).rules())
                .hasSize(1);
    }

    @Test
    void whatWouldNotWorkIsRefused() {
        assertThatThrownBy(() -> new CacheSettings.Collapse(true, Duration.ZERO, 65_535))
                .hasMessageContaining("65536");
        assertThat(new CacheSettings.Collapse(true, Duration.ZERO, 65_536).buffer())
                .isEqualTo(65_536);
        assertThatThrownBy(() -> new CacheSettings.Files("a", 0, 1, CacheSettings.Files.Fsync.NONE))
                .hasMessageContaining("at least 1");
        assertThatThrownBy(() -> new CacheSettings.Files("a", 1, 0, CacheSettings.Files.Fsync.NONE))
                .hasMessageContaining("at least 1");
    }

    @Test
    void otherSettingsThatCountBeforeAResponseAreRefusedWithOne() {
        assertRefused(Given.rule("status=404 stale-if-unreachable=5"));
        assertRefused(Given.rule("status=404 body-methods=POST"));
        assertRefused(Given.rule("status=404 ignore-client-cache-control"));
    }

    private static void assertRefused(CacheRule rule) {
        assertThatThrownBy(() -> settings(rule))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("before there is a response");
    }

    private static CacheSettings settings(CacheRule... rules) {
        return new CacheSettings(
                CacheSettings.Memory.DEFAULT,
                CacheSettings.Files.DEFAULT,
                CacheSettings.Collapse.DEFAULT,
                List.of(rules));
    }

    private static CacheRule named(String name, @Nullable CacheMatch match, boolean bypass, @Nullable KeyRule key) {
        return new CacheRule(
                name, match, bypass, null, null, null, null, null, null, null, null, null, false, null, null, null, key,
                null);
    }

    private static CacheMatch match(String conditions) {
        Map<String, Pattern> headers = new HashMap<>();
        for (String condition : values(conditions, "header:")) {
            int equals = condition.indexOf('=');
            headers.put(condition.substring(0, equals), new Pattern(condition.substring(equals + 1)));
        }
        return new CacheMatch(
                patterns(conditions, "path="),
                patterns(conditions, "host="),
                Set.copyOf(values(conditions, "method=")),
                headers,
                patterns(conditions, "status="),
                patterns(conditions, "content-type="));
    }

    private static List<Pattern> patterns(String conditions, String key) {
        return values(conditions, key).stream().map(Pattern::new).toList();
    }

    private static List<String> values(String conditions, String key) {
        return Given.words(conditions).stream()
                .filter(condition -> condition.startsWith(key))
                .map(condition -> condition.substring(key.length()))
                .toList();
    }
}
