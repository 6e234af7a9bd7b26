package io.proxystone.cache;

import static io.proxystone.cache.Given.fields;
import static org.assertj.core.api.Assertions.assertThat;

import io.proxystone.cache.KeyRule.QueryRule;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What responses are stored under (RFC 9111 §2, RFC 9110 §4.2.3). */
class CacheKeysTest {
    private static final KeyRule HEADERS = new KeyRule(null, List.of("B", "a"), null, false, false);
    private static final KeyRule COOKIES = new KeyRule(null, null, List.of("s", "l"), false, false);

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    RFC 9111 §2     | MUST | the target URI                        | http  | a.example       | /b   | c=1 | http://a.example/b?c=1
                    RFC 9111 §2     | MUST | without a query                       | http  | a.example       | /b   | -   | http://a.example/b
                    RFC 9110 §4.2.3 | MUST | an empty query is one                 | http  | a.example       | /b   | ''  | http://a.example/b?
                    RFC 9110 §4.2.3 | MAY  | the case of the host does not count   | http  | A.Example       | /b   | -   | http://a.example/b
                    RFC 9110 §4.2.3 | MUST | the case of the path does             | http  | a.example       | /B   | -   | http://a.example/B
                    RFC 9110 §4.2.3 | MAY  | the scheme's own port does not count  | http  | a.example:80    | /b   | -   | http://a.example/b
                    RFC 9110 §4.2.3 | MAY  | nor does that of https                | https | a.example:443   | /b   | -   | https://a.example/b
                    RFC 9110 §4.2.3 | MAY  | nor an empty one                      | http  | a.example:      | /b   | -   | http://a.example/b
                    RFC 9110 §4.2.3 | MUST | the port of another scheme does       | http  | a.example:443   | /b   | -   | http://a.example:443/b
                    RFC 9110 §4.2.3 | MUST | another port does                     | https | a.example:80    | /b   | -   | https://a.example:80/b
                    RFC 9110 §4.3   | MUST | the scheme does                       | https | a.example       | /b   | -   | https://a.example/b
                    RFC 9111 §2     | MUST | an address of IPv6                    | http  | [::1]:81        | /    | -   | http://[::1]:81/
                    RFC 9111 §2     | MUST | no host                               | http  | ''              | /    | -   | http:///
                    """)
    void targetUriIsTheKey(
            String section,
            String level,
            String sentence,
            String scheme,
            String authority,
            String path,
            String query,
            String key) {
        CacheTarget target = new CacheTarget(scheme, authority, path, query.equals("-") ? null : query);
        assertThat(CacheKeys.of(target, fields(""), KeyRule.DEFAULT, null).text())
                .isEqualTo(key);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    dropped parameters do not count         | -     | utm_* | false | a=1&utm_x=2&b=3   | a=1&b=3
                    with or without a value                 | -     | d     | false | d&a=1&d=2&d=      | a=1
                    only kept parameters count              | a,b   | -     | false | a=1&c=2&b=3       | a=1&b=3
                    what is dropped is not kept             | a*    | ab    | false | a=1&ab=2&ac=3     | a=1&ac=3
                    the case of names counts                | -     | d     | false | D=1&d=2           | D=1
                    sorted                                  | -     | -     | true  | b=2&a=1&a=0       | a=0&a=1&b=2
                    order counts else                       | -     | -     | false | b=2&a=1           | b=2&a=1
                    nothing is left                         | -     | *     | false | a=1&b=2           | -
                    an empty query                          | -     | d     | false | ''                | ''
                    """)
    void queryRulesDropAndSort(String sentence, String keep, String drop, boolean sort, String query, String counting) {
        KeyRule rule = new KeyRule(new QueryRule(patterns(keep), patterns(drop), sort), null, null, false, false);
        String expected = "http://a.example/" + (counting.equals("-") || counting.isEmpty() ? "" : "?" + counting);
        CacheTarget target = new CacheTarget("http", "a.example", "/", query);
        assertThat(CacheKeys.of(target, fields(""), rule, null).text().replaceFirst("\\?$", ""))
                .isEqualTo(expected);
    }

    private static @Nullable List<Pattern> patterns(String texts) {
        return texts.equals("-")
                ? null
                : List.of(texts.split(",")).stream().map(Pattern::new).toList();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    the same values                         | A: 1 & B: 2             | b: 2 & a: 1          | true
                    values in their normal form             | A: 1,2                  | A: 1 & A: 2          | true
                    another value                           | A: 1                    | A: 2                 | false
                    other fields do not count               | A: 1 & C: 1             | A: 1                 | true
                    absent is not empty                     | X: y                    | A:                   | false
                    absent is no value at all               | X: y                    | A: -                 | false
                    a value does not read like another one  | A: 1 b=2                | A: 1 & B: 2          | false
                    nor with an absent one behind it        | A: 1 b=2                | A: 1 & B: 2 b=-      | false
                    nor if it is escaped                    | A: 1 b                  | A: 1%20b             | false
                    """)
    void headersOfTheRuleCount(String sentence, String one, String other, boolean same) {
        assertThat(key(HEADERS, one).equals(key(HEADERS, other))).isEqualTo(same);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    the same cookie                         | Cookie: s=1             | Cookie: s=1          | true
                    in another place                        | Cookie: s=1; x=2        | Cookie: y=3; s=1     | true
                    on another line                         | Cookie: x=2 & Cookie: s=1 | Cookie: s=1        | true
                    another value                           | Cookie: s=1             | Cookie: s=2          | false
                    the first of two counts                 | Cookie: s=1; s=2        | Cookie: s=1          | true
                    a longer name is another cookie         | Cookie: ss=1            | Cookie: s=1          | false
                    the case of names counts                | Cookie: S=1             | Cookie: s=1          | false
                    absent is not empty                     | Cookie: x=1             | Cookie: s=           | false
                    other cookies do not count              | Cookie: x=1             | X: y                 | true
                    a value does not read like another one  | Cookie: l=1 cookie.s=2  | Cookie: l=1; s=2     | false
                    """)
    void cookiesOfTheRuleCount(String sentence, String one, String other, boolean same) {
        assertThat(key(COOKIES, one).equals(key(COOKIES, other))).isEqualTo(same);
    }

    private static CacheKey key(KeyRule rule, String fields) {
        return CacheKeys.of(new CacheTarget("http", "a.example", "/", null), fields(fields), rule, null);
    }

    @Test
    void schemeAndHostNeedNotCount() {
        CacheTarget target = new CacheTarget("https", "a.example", "/b", null);
        KeyRule noScheme = new KeyRule(null, null, null, true, false);
        KeyRule noHost = new KeyRule(null, null, null, false, true);
        assertThat(CacheKeys.of(target, fields(""), noScheme, null).text()).isEqualTo("//a.example/b");
        assertThat(CacheKeys.of(target, fields(""), noHost, null).text()).isEqualTo("https:///b");
    }

    @Test
    void methodAndContentCountWhereARuleCachesByThem() {
        CacheRule rule = Given.rule("body-methods=POST");
        CacheSettings settings = new CacheSettings(
                CacheSettings.Memory.DEFAULT,
                CacheSettings.Files.DEFAULT,
                CacheSettings.Collapse.DEFAULT,
                List.of(rule));
        CacheTarget target = new CacheTarget("http", "a.example", "/b", null);
        assertThat(settings.request("POST", target, fields(""), () -> "x").key().text())
                .isEqualTo("POST x http://a.example/b");
        assertThat(settings.request("GET", target, fields(""), () -> "x").key())
                .isEqualTo(settings.keyOf(target, fields("")));
        assertThat(settings.request("HEAD", target, fields(""), () -> "x").key())
                .isEqualTo(settings.keyOf(target, fields("")));
    }

    @Test
    void digestIsANameOfFixedLength() {
        assertThat(new CacheKey("http://a.example/").digest())
                .matches("[0-9a-f]{32}")
                .isEqualTo(new CacheKey("http://a.example/").digest())
                .isNotEqualTo(new CacheKey("http://a.example/b").digest());
    }
}
