package io.proxystone.http;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Members of Lists as they are written (RFC 9651 §4.1), as Cache-Status needs them (RFC 9211 §2). */
class StructuredWriterTest {

    @Test
    void memberIsAnItemWithParameters() {
        assertThat(StructuredWriter.token("ProxyStone")
                        .parameter("hit")
                        .parameter("ttl", -412)
                        .text())
                .isEqualTo("ProxyStone;hit;ttl=-412");
        assertThat(StructuredWriter.string("Proxy Stone")
                        .tokenParameter("fwd", "uri-miss")
                        .parameter("fwd-status", 304)
                        .parameter("stored", true)
                        .parameter("collapsed", false)
                        .parameter("key", "GET /\"a\"")
                        .text())
                .isEqualTo("\"Proxy Stone\";fwd=uri-miss;fwd-status=304;stored;collapsed=?0;key=\"GET /\\\"a\\\"\"");
    }

    @ParameterizedTest
    @CsvSource({
        "proxy-stone, proxy-stone",
        "*a:b/c, *a:b/c",
        "cache-3.example.com, cache-3.example.com",
        "10.0.0.1, '\"10.0.0.1\"'",
        "[::1], '\"[::1]\"'",
        "Example CDN, '\"Example CDN\"'",
        "'', '\"\"'"
    })
    void nameIsATokenIfItCanBe(String name, String text) {
        assertThat(StructuredWriter.named(name).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "'a\\b', '\"a\\\\b\"'",
        "'a\"b', '\"a\\\"b\"'",
        "'a\r\nb', '\"a??b\"'",
        "'a\tb\0', '\"a?b?\"'",
        "'\u007f\u00e9\u20ac', '\"???\"'",
        "'\ud83d\ude00 \ud83d', '\"? ?\"'",
        "'~ !', '\"~ !\"'"
    })
    void stringIsAsciiOnly(String string, String text) {
        assertThat(StructuredWriter.string(string).text()).isEqualTo(text);
        assertThat(StructuredWriter.token("a").parameter("b", string).text()).isEqualTo("a;b=" + text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "-a", "a b", "a,b", "a;b", "a\"", "\u00e9", "a\u0141"})
    void whatIsNoTokenIsRefused(String text) {
        assertThatThrownBy(() -> StructuredWriter.token(text)).isInstanceOf(IllegalArgumentException.class);
        StructuredWriter member = StructuredWriter.token("a");
        assertThatThrownBy(() -> member.tokenParameter("b", text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "-a", "A", "aB", "a b", "a=", "\u00e9"})
    void whatIsNoKeyIsRefused(String key) {
        StructuredWriter member = StructuredWriter.token("a");
        assertThatThrownBy(() -> member.parameter(key)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void integerHas15Digits() {
        StructuredWriter member = StructuredWriter.token("a");
        assertThatThrownBy(() -> member.parameter("b", 1_000_000_000_000_000L))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> member.parameter("b", Long.MIN_VALUE)).isInstanceOf(IllegalArgumentException.class);
        assertThat(member.parameter("b", -999_999_999_999_999L).text()).isEqualTo("a;b=-999999999999999");
    }

    @Test
    void whatIsWrittenIsRead() {
        String text = StructuredWriter.token("a")
                .parameter("b", "\"\\,; \u20ac")
                .parameter("c", 5)
                .tokenParameter("d", "e")
                .text();
        StructuredDictionary dictionary = requireNonNull(StructuredDictionary.parse(List.of("z=" + text)));
        assertThat(dictionary.members())
                .isEqualTo(Map.of(
                        "z",
                        new StructuredMember(
                                new StructuredValue.TokenItem("a"),
                                Map.of(
                                        "b", new StructuredValue.StringItem("\"\\,; ?"),
                                        "c", new StructuredValue.IntegerItem(5),
                                        "d", new StructuredValue.TokenItem("e")))));
    }
}
