package io.proxystone.http;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Range and Content-Range, in octets (RFC 9110 §14). */
class ByteRangesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
                    §14.1.2  | the first 500 octets                          | bytes=0-499            | 10000 | 0-499
                    §14.1.2  | the second 500 octets                         | bytes=500-999          | 10000 | 500-999
                    §14.1.2  | the final 500 octets                          | bytes=-500             | 10000 | 9500-9999
                    §14.1.2  | all from an octet on                          | bytes=9500-            | 10000 | 9500-9999
                    §14.1.2  | the first and the last octet only             | bytes=0-0, -1          | 10000 | 0-0 9999-9999
                    §14.1.2  | the first, middle and last 1000 octets        | bytes= 0-999, 4500-5499, -1000 | 10000 | 0-999 4500-5499 9000-9999
                    §14.1    | units are case-insensitive                    | BYTES=0-0              | 5     | 0-0
                    §14.1.1  | white space around the field                  | ' bytes=0-0 '          | 5     | 0-0
                    §14.1.1  | white space and empty elements in the list    | 'bytes=, 0-0 ,\t,4-4,' | 5     | 0-0 4-4
                    §14.1.1  | leading zeros                                 | bytes=00-001           | 5     | 0-1
                    §14.1.2  | the end is that of the representation         | bytes=2-100            | 5     | 2-4
                    §14.1.2  | a whole suffix is the whole representation    | bytes=-5               | 5     | 0-4
                    §14.1.2  | a suffix longer than the whole, too           | bytes=-6               | 5     | 0-4
                    §14.1.2  | numbers beyond any size                       | bytes=1-99999999999999999999, -99999999999999999999 | 5 | 0-4
                    §14.1.1  | the last octet                                | bytes=4-               | 5     | 4-4
                    §14.1.1  | beyond the end is not satisfiable             | bytes=5-               | 5     | none
                    §14.1.1  | far beyond the end                            | bytes=99999999999999999999- | 5 | none
                    §14.1.1  | a suffix of nothing is not satisfiable        | bytes=-0               | 5     | none
                    §14.1.1  | nothing of an empty representation is         | bytes=0-, -1, 0-0      | 0     | none
                    §14.2    | one that is satisfiable is enough             | bytes=7-8, -0, 1-2     | 5     | 1-2
                    §14.2    | ranges stay in the order of the request       | bytes=6-7, 3-4, 0-1    | 10    | 6-7 3-4 0-1
                    §14.2    | ranges that overlap are one                   | bytes=0-5, 3-7         | 10    | 0-7
                    §14.2    | ranges that adjoin are one                    | bytes=0-2, 3-5         | 10    | 0-5
                    §14.2    | also backwards                                | bytes=3-5, 0-2         | 10    | 0-5
                    §14.2    | ranges with an octet between are not          | bytes=0-2, 4-5         | 10    | 0-2 4-5
                    §14.2    | a range in another one is in it               | bytes=0-9, 3-4, -1     | 10    | 0-9
                    §14.2    | the same range again                          | bytes=3-4, 3-4         | 10    | 3-4
                    §14.2    | one range can join two, in the first's place  | bytes=4-5, 9-9, 0-1, 2-3 | 10  | 0-5 9-9
                    §14.2    | and what stands between stays behind          | bytes=0-1, 9-9, 3-4, 2-2 | 10  | 0-4 9-9
                    §14.2    | all octets, one by one                        | bytes=0-0,1-1,2-2,3-3,4-4 | 5  | 0-4
                    §14.1.2  | the greatest size                             | bytes=9223372036854775806-, 0-0 | 9223372036854775807 | 9223372036854775806-9223372036854775806 0-0
                    """)
    void rangesAreThoseOfTheRepresentation(String section, String sentence, String range, long size, String ranges) {
        assertThat(show(range, size)).as("%s %s", section, sentence).isEqualTo(ranges == null ? "" : ranges);
    }

    private static String show(String range, long size) {
        return requireNonNull(ByteRanges.parse(range)).satisfiable(size).stream()
                .map(each -> each.first() + "-" + each.last())
                .collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bytes",
                "bytes=",
                "bytes=,",
                "bytes 0-1",
                "bytes =0-1",
                "bytes:0-1",
                "items=0-1",
                "xbytes=0-1",
                "bytes=-",
                "bytes=--1",
                "bytes=1",
                "bytes=1-0",
                "bytes=1-2-3",
                "bytes=0-1;2-3",
                "bytes=0 -1",
                "bytes=0- 1",
                "bytes=+0-1",
                "bytes=a-b",
                "bytes=a-",
                "bytes=0x0-1",
                "bytes=\u0660-1",
                "bytes=0-:",
                "bytes=0-/",
                "bytes=0-1, 2",
                "bytes=0-1, 3-2",
                "bytes=\"0-1\"",
                "bytes=*/5",
                "bytes=0-1, bytes=2-3"
            })
    void whatIsMalformedIsIgnored(String range) {
        assertThat(ByteRanges.parse(range)).isNull();
    }

    @Test
    void moreThan64RangesAreIgnored() {
        assertThat(show("bytes=" + String.join(",", Collections.nCopies(64, "0-0")), 1))
                .isEqualTo("0-0");
        assertThat(ByteRanges.parse("bytes=" + String.join(",", Collections.nCopies(65, "0-0"))))
                .isNull();
    }

    @Test
    void rangeIncludesItsLastOctet() {
        assertThat(new ByteRange(0, 0).length()).isEqualTo(1);
        assertThat(new ByteRange(3, 7).length()).isEqualTo(5);
        assertThatThrownBy(() -> new ByteRange(-1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ByteRange(1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "bytes 42-1233/1234, 42, 1233, 1234, bytes 42-1233/1234",
        "bytes 42-1233/*, 42, 1233, -1, bytes 42-1233/*",
        "bytes */1234, -1, -1, 1234, bytes */1234",
        "bytes */0, -1, -1, 0, bytes */0",
        "BYTES 0-0/1, 0, 0, 1, bytes 0-0/1",
        "bytes 00-01/002, 0, 1, 2, bytes 0-1/2"
    })
    void contentRangeSaysWhatPartThisIs(String field, long first, long last, long size, String text) {
        ContentRange range = new ContentRange(first, last, size);
        assertThat(ContentRange.parse(field)).isEqualTo(range);
        assertThat(range.text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bytes",
                "bytes ",
                "bytes 0-1",
                "bytes 0-1/",
                "bytes /2",
                "bytes -/2",
                "bytes 0-/2",
                "bytes -1/2",
                "bytes 1-0/2",
                "bytes 0-2/2",
                "bytes 0-1/2/3",
                "bytes 0-1-2/3",
                "bytes */*",
                "bytes */",
                "bytes */-1",
                "bytes **/5",
                "bytes 0-*/5",
                "bytes 0-1/x",
                "bytes 0-1/-2",
                "bytes 0-1 / 2",
                "bytes  0-1/2",
                "bytes=0-1/2",
                "items 0-1/2",
                "bytes 5/6-7",
                "bytes 0-1/9223372036854775807",
                "bytes 0-99999999999999999999/*"
            })
    void anythingElseIsNoContentRange(String field) {
        assertThat(ContentRange.parse(field)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"-1, -1, -1", "-1, 0, 1", "0, -1, 1", "1, 0, 2", "0, 1, 1", "0, 1, -2", "-2, -2, 5"})
    void contentRangeLiesInTheSize(long first, long last, long size) {
        assertThatThrownBy(() -> new ContentRange(first, last, size)).isInstanceOf(IllegalArgumentException.class);
    }
}
