package io.proxystone.http;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where requests go: authorities, paths and request targets (RFC 3986, RFC 9112 §3.2). */
class TargetTest {

    @ParameterizedTest
    @CsvSource({
        "a.test, a.test, -1",
        "A.Test:80, a.test, 80",
        "a.test:, a.test, -1",
        "a.test:0, a.test, 0",
        "a.test:65535, a.test, 65535",
        "10.0.0.1:8080, 10.0.0.1, 8080",
        "[::1], [::1], -1",
        "[2001:DB8::1]:443, [2001:db8::1], 443",
        "[::ffff:10.0.0.1], [::ffff:10.0.0.1], -1",
        "a_b-c~d, a_b-c~d, -1",
        "a%41b, a%41b, -1"
    })
    void authorityIsAHostWithAnOptionalPort(String text, String host, int port) {
        assertThat(Authority.parse(text)).isEqualTo(new Authority(host, port));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":80",
                "a b",
                "a@b",
                "@a",
                "a/b",
                "a?b",
                "a#b",
                "a:b",
                "a:-1",
                "a:+1",
                "a:65536",
                "a:80:80",
                "a:8 0",
                "[]",
                "[::1",
                "[::1]a",
                "[::1]80",
                "[a]",
                "[1.2.3.4]",
                "[1:2]",
                "[::g]",
                "::1",
                "a%",
                "a%4",
                "a%4x",
                "\u00e4",
                "a\0"
            })
    void anythingElseIsNoAuthority(String text) {
        assertThat(Authority.parse(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "/, /",
        "/a/b, /a/b",
        "/a//b/, /a//b/",
        "/%61%7E%2d, /a~-",
        "/%2f%3f%c3%a9, /%2F%3F%C3%A9",
        "/a%2F..%2Fb, /a%2F..%2Fb",
        "/a/./b, /a/b",
        "/a/../b, /b",
        "/a/b/.., /a/",
        "/a/b/., /a/b/",
        "/.., /",
        "/../../a, /a",
        "/a/%2e%2E/b, /b",
        "/a/.%2e/b, /b",
        "/.well-known/x, /.well-known/x",
        "/..a/b../c, /..a/b../c",
        "/a/..;x/b, /a/..;x/b",
        "/a//../b, /a/b",
        "/a b, /a%20b",
        "/{a|b}, /%7Ba%7Cb%7D",
        "/\u00c3\u00a9, /%C3%A9",
        "/a\\..\\b, /a%5C..%5Cb"
    })
    void normalPathIsOneForAllSpellings(String raw, String normal) {
        assertThat(UriPath.normalize(raw)).isEqualTo(normal);
        assertThat(UriPath.normalize(normal)).as("normal form stays").isEqualTo(normal);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%", "/%4", "/%4/", "/%zz", "/%4z", "/%%41", "/%u0041", "/a%00", "/%\u0664\u0661"})
    void malformedEncodingHasNoNormalPath(String raw) {
        assertThat(UriPath.normalize(raw)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"a, a", "a+b, a+b", "a%2Fb, a/b", "%C3%A9, \u00e9", "%25, %"})
    void segmentStandsForText(String segment, String text) {
        assertThat(UriPath.decode(segment)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /, ORIGIN,, /,",
        "GET, /a/../b?c?d, ORIGIN,, /a/../b, c?d",
        "GET, /?, ORIGIN,, /, ''",
        "GET, //a.test/b, ORIGIN,, //a.test/b,",
        "GET, /?%zz, ORIGIN,, /, %zz",
        "GET, http://a.test, ABSOLUTE, a.test, /,",
        "GET, HTTPS://a.test:443/b?c, ABSOLUTE, a.test:443, /b, c",
        "GET, http://a.test?q, ABSOLUTE, a.test, /, q",
        "OPTIONS, http://a.test, ASTERISK, a.test, *,",
        "OPTIONS, http://a.test/, ABSOLUTE, a.test, /,",
        "OPTIONS, *, ASTERISK,, *,",
        "CONNECT, a.test:443, AUTHORITY, a.test:443, '',"
    })
    void targetHasOneOfFourForms(
            String method, String text, RequestTarget.Form form, String authority, String path, String query) {
        RequestTarget target = requireNonNull(RequestTarget.parse(method, text));
        assertThat(target.form()).isEqualTo(form);
        assertThat(target.authority()).isEqualTo(authority);
        assertThat(target.rawPath()).isEqualTo(path);
        assertThat(target.rawQuery()).isEqualTo(query);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, *",
        "GET, a.test:80",
        "GET, a",
        "GET, ?a",
        "GET, ftp://a.test/",
        "GET, /%",
        "OPTIONS, *a",
        "CONNECT, /",
        "CONNECT, a.test"
    })
    void anythingElseIsNoTarget(String method, String text) {
        assertThat(RequestTarget.parse(method, text)).isNull();
    }

    @Test
    void normalPathIsForRoutingOnly() {
        RequestTarget target = requireNonNull(RequestTarget.parse("GET", "/a/%2e%2e/%62?%2e"));
        assertThat(target.path()).isEqualTo("/b");
        assertThat(target.rawPath()).isEqualTo("/a/%2e%2e/%62");
        assertThat(target.rawQuery()).isEqualTo("%2e");
    }
}
