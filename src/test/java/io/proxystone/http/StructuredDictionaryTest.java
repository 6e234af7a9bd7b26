package io.proxystone.http;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.proxystone.http.StructuredValue.BooleanItem;
import io.proxystone.http.StructuredValue.ByteSequenceItem;
import io.proxystone.http.StructuredValue.DateItem;
import io.proxystone.http.StructuredValue.DecimalItem;
import io.proxystone.http.StructuredValue.DisplayStringItem;
import io.proxystone.http.StructuredValue.InnerList;
import io.proxystone.http.StructuredValue.IntegerItem;
import io.proxystone.http.StructuredValue.StringItem;
import io.proxystone.http.StructuredValue.TokenItem;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Dictionaries as they are read (RFC 9651 §4.2). Rows show what was read with its types: i1 d1.5 sText tToken b@ ?1 @1 uText. */
class StructuredDictionaryTest {

    static Stream<Arguments> dictionaries() {
        return Stream.of(
                arguments("§3.2 members by key", "en=\"Applepie\", da=:w4Y=:", "en=sApplepie, da=b\u00c3\u0086"),
                arguments("§3.2 a key alone is true", "a, b;foo=9, c=?0", "a=?1, b=?1;foo=i9, c=?0"),
                arguments("§4.2 several lines are one Dictionary", "a=1\nb=2", "a=i1, b=i2"),
                arguments("§4.2 an empty field is a Dictionary", "", ""),
                arguments("§4.2 spaces around the whole do not count", "   a=1  ", "a=i1"),
                arguments("§4.2.2 of members with one key the last counts", "a=1, b=2, a=3;x", "a=i3;x=?1, b=i2"),
                arguments("§4.2.2 on several lines, too", "a=1;x, b=2\na", "a=?1, b=i2"),
                arguments("§4.2.2 spaces and tabs around commas", "a=1\t,\t b=2 ,c=3\t", "a=i1, b=i2, c=i3"),
                arguments("§4.2.3.3 what a key may hold", "*a_-.*9=1, *=2", "*a_-.*9=i1, *=i2"),
                arguments("§4.2.1.2 an inner list", "a=(1 \"b\"   c)", "a=(i1 sb tc)"),
                arguments("§4.2.1.2 spaces in an inner list", "a=(  1  ), b=(), c=(  )", "a=(i1), b=(), c=()"),
                arguments(
                        "§4.2.1.2 parameters in and behind an inner list",
                        "a=(1;x=2 b;y);z=3",
                        "a=(i1;x=i2 tb;y=?1);z=i3"),
                arguments("§4.2.3.2 spaces after a semicolon", "a=1;  x;  y=2", "a=i1;x=?1;y=i2"),
                arguments("§4.2.3.2 of parameters with one key the last counts", "a=1;x=1;y;x=2", "a=i1;x=i2;y=?1"),
                arguments("§4.2.4 Integers", "a=0, b=-0, c=-42, d=007", "a=i0, b=i0, c=i-42, d=i7"),
                arguments(
                        "§4.2.4 15 digits",
                        "a=999999999999999, b=-999999999999999",
                        "a=i999999999999999, b=i-999999999999999"),
                arguments("§4.2.4 Decimals", "a=1.5, b=-0.125, c=00.10", "a=d1.5, b=d-0.125, c=d0.10"),
                arguments("§4.2.4 12 digits and three", "a=123456789012.123", "a=d123456789012.123"),
                arguments("§4.2.5 Strings", "a=\"\", b=\"x, y;z=(\"", "a=s, b=sx, y;z=("),
                arguments("§4.2.5 Strings with escapes", "a=\"\\\"\\\\\"", "a=s\"\\"),
                arguments(
                        "§4.2.6 Tokens",
                        "a=foo123/456:x, b=*, c=A!#$%&'*+-.^_`|~, d=Z",
                        "a=tfoo123/456:x, b=t*, c=tA!#$%&'*+-.^_`|~, d=tZ"),
                arguments("§4.2.7 Byte Sequences", "a=:aGVsbG8=:, b=::", "a=bhello, b=b"),
                arguments("§4.2.7 SHOULD NOT fail without padding", "a=:aGVsbG8:", "a=bhello"),
                arguments("§4.2.7 SHOULD NOT fail for other pad bits", "a=:aGVsbG9=:", "a=bhello"),
                arguments("§4.2.8 Booleans", "a=?1, b=?0", "a=?1, b=?0"),
                arguments("§4.2.9 Dates", "a=@1659578233, b=@-1", "a=@1659578233, b=@-1"),
                arguments("§4.2.10 Display Strings", "a=%\"f%c3%bc \\%25%22\", b=%\"\"", "a=uf\u00fc \\%\", b=u"));
    }

    @ParameterizedTest
    @MethodSource("dictionaries")
    void fieldIsADictionary(String sentence, String lines, String members) {
        assertThat(show(requireNonNull(parse(lines)))).as(sentence).isEqualTo(members);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=1,",
                "a=1, ",
                ",a=1",
                "a=1,,b=2",
                "a=1 b=2",
                "a=1;",
                "a=1;;b",
                "a=1; ",
                "a=1 ;b",
                "a=1\n",
                "\na=1",
                "a= 1",
                "a =1",
                "a=1\u00a0",
                "a=",
                "a=1=2",
                "=1",
                "A=1",
                "1=1",
                "-a=1",
                "a.B=1",
                "\u00e4=1",
                "a=1;B",
                "a=1;x=",
                "a=1;x=(1)",
                "a=(1",
                "a=(",
                "a=(1 ",
                "a=(1,2)",
                "a=(1,)",
                "a=(1\"b\")",
                "a=(b\tc)",
                "a=(1)2",
                "a=((1))",
                "a=(1\t2)",
                "a=)",
                "a=-",
                "a=--1",
                "a=+1",
                "a=1.",
                "a=.1",
                "a=-.1",
                "a=1.2345",
                "a=1.2.3",
                "a=1234567890123.1",
                "a=1e3",
                "a=1000000000000000",
                "a=1000000000000000.0",
                "a=1x",
                "a=\"",
                "a=\"b",
                "a=\"b\\",
                "a=\"\\n\"",
                "a=\"\t\"",
                "a=\"\u007f\"",
                "a=\"\u00e9\"",
                "a=\"b\"c",
                "a='b'",
                "a=b\"c\"",
                "a=!b",
                "a=b\u00e9",
                "a={}",
                "a=:YQ==",
                "a=:Y Q=:",
                "a=:YQ=Y:",
                "a=:Y:",
                "a=:_-__:",
                "a=:\u00e9:",
                "a=?",
                "a=?2",
                "a=?true",
                "a=?11",
                "a=@",
                "a=@1.5",
                "a=@x",
                "a=@1000000000000000",
                "a=%",
                "a=%x",
                "a=%\"",
                "a=%\"b",
                "a=%\"%\"",
                "a=%\"%c\"",
                "a=%\"%C3%BC\"",
                "a=%\"%c3\"",
                "a=%\"%zz\"",
                "a=%\"\u00fc\"",
                "a=%\"\t\"",
                "a=%\"%ff\"",
                "a=%\"%ed%a0%80\""
            })
    void whatIsMalformedAnywhereIsNoDictionary(String lines) {
        assertThat(parse(lines)).isNull();
        assertThat(parse("z=1, " + lines)).isNull();
    }

    @Test
    void tabBeforeTheFirstMemberIsMalformed() {
        assertThat(parse("\ta=1")).isNull();
    }

    @Test
    void emptyFieldHasNoMembers() {
        assertThat(parse("")).isNotNull().matches(StructuredDictionary::isEmpty);
        assertThat(StructuredDictionary.parse(List.of())).isNotNull().matches(StructuredDictionary::isEmpty);
        assertThat(parse("a")).isNotNull().matches(dictionary -> !dictionary.isEmpty());
    }

    private static @Nullable StructuredDictionary parse(String lines) {
        return StructuredDictionary.parse(Arrays.asList(lines.split("\n", -1)));
    }

    private static String show(StructuredDictionary dictionary) {
        return dictionary.members().entrySet().stream()
                .map(member -> member.getKey() + "=" + show(member.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String show(StructuredMember member) {
        String parameters = member.parameters().entrySet().stream()
                .map(parameter -> ";" + parameter.getKey() + "=" + show(parameter.getValue()))
                .collect(Collectors.joining());
        return show(member.value()) + parameters;
    }

    private static String show(StructuredValue value) {
        if (value instanceof InnerList list) {
            return list.members().stream()
                    .map(StructuredDictionaryTest::show)
                    .collect(Collectors.joining(" ", "(", ")"));
        }
        if (value instanceof IntegerItem item) {
            return "i" + item.value();
        }
        if (value instanceof DecimalItem item) {
            return "d" + item.value();
        }
        if (value instanceof StringItem item) {
            return "s" + item.value();
        }
        if (value instanceof TokenItem item) {
            return "t" + item.value();
        }
        if (value instanceof ByteSequenceItem item) {
            return "b" + item.octets();
        }
        if (value instanceof BooleanItem item) {
            return item.value() ? "?1" : "?0";
        }
        if (value instanceof DateItem item) {
            return "@" + item.value().getEpochSecond();
        }
        return "u" + ((DisplayStringItem) value).value();
    }
}
