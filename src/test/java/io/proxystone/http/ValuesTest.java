package io.proxystone.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fields, addresses, dates, sizes, traces and problem documents as values. */
class ValuesTest {

    @Test
    void fieldsKeepOrderSpellingAndRepetition() {
        Fields fields = Fields.builder()
                .add("X-Own", "1")
                .add("set-cookie", "a=b")
                .add(FieldName.SET_COOKIE, "c=d")
                .add("x-own", "")
                .build();
        assertThat(fields).hasToString("X-Own: 1\nset-cookie: a=b\nSet-Cookie: c=d\nx-own: \n");
        assertThat(fields.all(FieldName.SET_COOKIE)).containsExactly("a=b", "c=d");
        assertThat(fields.all("SET-COOKIE")).containsExactly("a=b", "c=d");
        assertThat(fields.all("x-OWN")).containsExactly("1", "");
        assertThat(fields.all("x-ow")).isEmpty();
        assertThat(fields.names()).containsExactly("x-own", "set-cookie");
        assertThat(fields.first(FieldName.COOKIE)).isNull();
        assertThat(fields.nameStartsWith(0, "x-")).isTrue();
        assertThat(fields.nameStartsWith(0, "x-own-")).isFalse();
    }

    @Test
    void everyKnownNameIsFoundInAnyCase() {
        for (FieldName name : FieldName.values()) {
            assertThat(FieldName.find(name.text())).isSameAs(name);
            assertThat(FieldName.find(name.text().toUpperCase(Locale.ROOT))).isSameAs(name);
            assertThat(FieldName.find(name.text() + "x")).isNull();
            Fields fields = Fields.builder()
                    .add(name.text().toLowerCase(Locale.ROOT), "x")
                    .build();
            assertThat(fields.known(0)).isSameAs(name);
        }
        assertThat(FieldName.find("")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a:", "a\r\nb", "\u00e4", "a\0", "\u0141"})
    void nameThatIsNoTokenIsRefused(String name) {
        assertThatThrownBy(() -> Fields.builder().add(name, "x")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"'a\r\nSet-Cookie: b', 'a  Set-Cookie: b'", "' a\tb ', 'a\tb'", "'a\0b', 'a b'", "\u00e9, \u00e9"})
    void valueNeverStartsALine(String given, String written) {
        assertThat(new String(FieldValue.encode(given), ISO_8859_1)).isEqualTo(written);
    }

    @Test
    void valueBeyondLatin1IsUtf8() {
        assertThat(new String(FieldValue.encode("\u20ac"), UTF_8)).isEqualTo("\u20ac");
    }

    @ParameterizedTest
    @CsvSource({
        "close, true",
        "'a, CLOSE', true",
        "'\tclose ,a', true",
        "'a,,close', true",
        "closed, false",
        "'a close', false",
        "'', false",
        "'\"close\"', false"
    })
    void listHasAnElement(String list, boolean contains) {
        assertThat(FieldValue.listContains(list, "close")).isEqualTo(contains);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
                    a, b              | a+b
                    a;b,c             | a+b+c
                    ^\t a\t,b c ^      | a+b c
                    , a,, ,b,         | a+b
                    "a,b", c          | "a,b"+c
                    a="b, c" d, e     | a="b, c" d+e
                    "a\\", b", c       | "a\\", b"+c
                    "a\\\\", b         | "a\\\\"+b
                    a\\,b              | a\\+b
                    "a, b;c, d        | "a, b+c+d
                    "a\\              | "a\\
                    ^^                | ^^
                    """)
    void listIsSplitOutsideQuotedStrings(String lines, String elements) {
        assertThat(String.join("+", FieldValue.splitList(Arrays.asList(lines.split(";")))))
                .isEqualTo(elements);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 'Thu, 01 Jan 1970 00:00:00 GMT'",
        "784111777, 'Sun, 06 Nov 1994 08:49:37 GMT'",
        "253402300799, 'Fri, 31 Dec 9999 23:59:59 GMT'"
    })
    void dateIsImfFixdate(long seconds, String date) {
        assertThat(HttpDate.format(Instant.ofEpochSecond(seconds, 999_999_999))).isEqualTo(date);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.0.1, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "10.1.2.3/31, 10.1.2.2, true",
        "10.1.2.3/31, 10.1.2.4, false",
        "0.0.0.0/0, 255.1.2.3, true",
        "0.0.0.0/0, ::1, false",
        "192.168.1.7, 192.168.1.7, true",
        "192.168.1.7, 192.168.1.8, false",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "::1, ::1, true"
    })
    void blockContainsAddresses(String block, String address, boolean contains) throws Exception {
        assertThat(Cidr.parse(block).contains(InetAddress.getByName(address))).isEqualTo(contains);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a.test",
                "10.0.0",
                "10.0.0.256",
                "10.0.0.01",
                "10.0.0.0/33",
                "10.0.0.0/",
                "10.0.0.0/-1",
                "10.0.0.0/a",
                "::1/129",
                "::g",
                "fe80::1%eth0",
                "1:2:3",
                "10.0.0.0/8/8",
                "/8",
                "\u0661.1.1.1"
            })
    void anythingElseIsNoBlock(String text) {
        assertThatThrownBy(() -> Cidr.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 10.0.0.1",
        "1.2.3.4, 1.2.3.4",
        "'9.9.9.9, 1.2.3.4', 1.2.3.4",
        "'1.2.3.4, 10.0.0.2', 1.2.3.4",
        "'10.0.0.3, 10.0.0.2', 10.0.0.3",
        "'1.2.3.4, unknown, 10.0.0.2', 10.0.0.2",
        "'1.2.3.4;9.9.9.9, 10.0.0.2', 9.9.9.9",
        "'2001:db8::1', 2001:db8::1"
    })
    void clientIsTheLastAddressNobodyTrusts(String forwardedFor, String client) {
        TrustedProxies proxies = new TrustedProxies(List.of(Cidr.parse("10.0.0.0/8")));
        Fields.Builder fields = Fields.builder();
        Arrays.stream(forwardedFor.split(";")).forEach(line -> fields.add(FieldName.X_FORWARDED_FOR, line));
        assertThat(proxies.clientOf("10.0.0.1", fields.build())).isEqualTo(client);
    }

    @ParameterizedTest
    @CsvSource({
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01, true",
        "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-what, true",
        "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01.what, false",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-what, false",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01, false",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01, false",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01, false",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01, false",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0, false",
        "00_0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01, false",
        "'', false"
    })
    void traceParentIsPassedOnIfValid(String value, boolean valid) {
        assertThat(TraceParent.isValid(value)).isEqualTo(valid);
    }

    @Test
    void createdTraceParentIsValid() {
        String created = TraceParent.create(new Random(1), true);
        assertThat(TraceParent.isValid(created)).isTrue();
        assertThat(created).startsWith("00-" + TraceParent.traceId(created)).endsWith("-01");
        assertThat(TraceParent.create(new Random(1), false)).endsWith("-00");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "512, 512",
        "1 KB, 1000",
        "64KiB, 65536",
        "10mib, 10485760",
        "1GiB, 1073741824",
        "2TiB, 2199023255552",
        "7b, 7"
    })
    void sizeIsANumberWithAUnit(String text, long octets) {
        assertThat(ByteSize.parse(text)).isEqualTo(octets);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-1",
                "+1",
                "1.5KiB",
                "KiB",
                "1K",
                "1 K iB",
                "0x10",
                "9999999999999999",
                "999999999TiB",
                "\u0661"
            })
    void anythingElseIsNoSize(String text) {
        assertThatThrownBy(() -> ByteSize.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void problemIsJsonWhateverItsTextsHold() {
        Problem problem =
                new Problem(ProblemType.BAD_REQUEST, "\"\\\b\n\u0000\u007f\u2028\u20ac\ud83d\ude00\ud83d", "f", null);
        assertThat(new String(problem.toJson(), UTF_8))
                .isEqualTo(
                        "{\"type\":\"urn:proxy-stone:problem:bad-request\",\"title\":\"The request breaks HTTP's rules\","
                                + "\"status\":400,\"detail\":\"\\\"\\\\\\u0008\\u000a\\u0000\\u007f\u2028\u20ac\ud83d\ude00\\ud83d\","
                                + "\"flow\":\"f\"}\n");
    }

    @Test
    void everyProblemHasATypeOfItsOwn() {
        assertThat(Arrays.stream(ProblemType.values()).map(ProblemType::uri))
                .doesNotHaveDuplicates()
                .allMatch(uri -> uri.matches("urn:proxy-stone:problem:[a-z-]+"));
        for (ProblemType type : ProblemType.values()) {
            assertThat(ProblemType.ofStatus(type.status()).status()).isEqualTo(type.status());
        }
    }
}
