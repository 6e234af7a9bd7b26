package io.proxystone.http;

import static io.proxystone.http.Preconditions.Outcome.NOT_MODIFIED;
import static io.proxystone.http.Preconditions.Outcome.PROCEED;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Conditions as a cache evaluates them (RFC 9110 §13, RFC 9111 §4.3.2). Semicolons separate the lines of a field. */
class PreconditionsTest {
    private static final String DATE = "Sun, 06 Nov 1994 08:49:37 GMT";
    private static final String LATER = "Sun, 06 Nov 1994 08:49:38 GMT";
    private static final String EARLIER = "Sun, 06 Nov 1994 08:49:36 GMT";
    private static final Instant RECEIVED = Instant.parse("1994-11-06T08:49:37Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
                    §13.1.2        | the tag that is stored                     | "a"              | "a"    | NOT_MODIFIED
                    §13.1.2        | another tag                                | "b"              | "a"    | PROCEED
                    §13.1.2        | one of several                             | "b", W/"c", "a"  | "a"    | NOT_MODIFIED
                    §13.1.2        | one on another line                        | "b";"a"          | "a"    | NOT_MODIFIED
                    §13.1.2        | MUST use the weak comparison               | W/"a"            | "a"    | NOT_MODIFIED
                    §13.1.2        | MUST use the weak comparison, stored       | "a"              | W/"a"  | NOT_MODIFIED
                    §13.1.2        | a star is what is stored                   | *                | "a"    | NOT_MODIFIED
                    §13.1.2        | a star even without a tag                  | *                | none   | NOT_MODIFIED
                    §13.1.2        | nothing to compare with                    | "a"              | none   | PROCEED
                    §8.8.3         | opaque tags are case-sensitive             | "A"              | "a"    | PROCEED
                    §8.8.3         | a comma in a tag belongs to it             | "b,a"            | "a"    | PROCEED
                    §8.8.3         | white space around the tag                 | "a"              | ' "a"\t' | NOT_MODIFIED
                    §8.8.3         | what has no quotes matches its own text    | "b", abc         | abc    | NOT_MODIFIED
                    §8.8.3         | but not with quotes                        | "abc"            | abc    | PROCEED
                    §8.8.3         | and not what has quotes                    | abc              | "abc"  | PROCEED
                    §8.8.3         | a lower-case w is not weak                 | w/"a"            | w/"a"  | NOT_MODIFIED
                    §13.1.2        | an empty field matches nothing             | ''               | "a"    | PROCEED
                    """)
    void ifNoneMatchComparesTags(
            String section, String sentence, String ifNoneMatch, String etag, Preconditions.Outcome outcome) {
        Fields.Builder request = Fields.builder();
        Arrays.stream(ifNoneMatch.split(";")).forEach(line -> request.add(FieldName.IF_NONE_MATCH, line));
        assertThat(Preconditions.evaluateForCache(request.build(), etag, null, RECEIVED))
                .as("%s %s", section, sentence)
                .isEqualTo(outcome);
        request.add(FieldName.IF_MODIFIED_SINCE, outcome == PROCEED ? LATER : EARLIER);
        assertThat(Preconditions.evaluateForCache(request.build(), etag, DATE, RECEIVED))
                .as("§13.1.3 MUST ignore If-Modified-Since then: %s", sentence)
                .isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
                    RFC 9110 §13.1.3 | equal to Last-Modified                  | Sun, 06 Nov 1994 08:49:37 GMT  | Sun, 06 Nov 1994 08:49:37 GMT | NOT_MODIFIED
                    RFC 9110 §13.1.3 | later than Last-Modified                | Sun, 06 Nov 1994 08:49:38 GMT  | Sun, 06 Nov 1994 08:49:37 GMT | NOT_MODIFIED
                    RFC 9110 §13.1.3 | earlier than Last-Modified              | Sun, 06 Nov 1994 08:49:36 GMT  | Sun, 06 Nov 1994 08:49:37 GMT | PROCEED
                    RFC 9110 §5.6.7  | in another form of date                 | Sunday, 06-Nov-94 08:49:37 GMT | Sun Nov  6 08:49:37 1994      | NOT_MODIFIED
                    RFC 9111 §4.3.2  | no Last-Modified: equal to Date         | Sun, 06 Nov 1994 08:49:37 GMT  | none                          | NOT_MODIFIED
                    RFC 9111 §4.3.2  | no Last-Modified: earlier than Date     | Sun, 06 Nov 1994 08:49:36 GMT  | none                          | PROCEED
                    RFC 9111 §4.3.2  | no valid Last-Modified: equal to Date   | Sun, 06 Nov 1994 08:49:37 GMT  | yesterday                     | NOT_MODIFIED
                    RFC 9111 §4.3.2  | no valid Last-Modified: earlier         | Sun, 06 Nov 1994 08:49:36 GMT  | yesterday                     | PROCEED
                    RFC 9110 §13.1.3 | MUST ignore what is no date             | tomorrow                       | Sun, 06 Nov 1994 08:49:37 GMT | PROCEED
                    RFC 9110 §13.1.3 | MUST ignore what is no HTTP-date        | Sun, 06 Nov 1994 08:49:37 UTC  | Sun, 06 Nov 1994 08:49:37 UTC | PROCEED
                    RFC 9110 §13.1.3 | MUST ignore several members             | Sun, 06 Nov 1994 08:49:37 GMT;Sun, 06 Nov 1994 08:49:37 GMT | Sun, 06 Nov 1994 08:49:37 GMT | PROCEED
                    """)
    void ifModifiedSinceComparesDates(
            String section, String sentence, String since, String lastModified, Preconditions.Outcome outcome) {
        Fields.Builder request = Fields.builder();
        Arrays.stream(since.split(";")).forEach(line -> request.add(FieldName.IF_MODIFIED_SINCE, line));
        assertThat(Preconditions.evaluateForCache(request.build(), "\"a\"", lastModified, RECEIVED))
                .as("%s %s", section, sentence)
                .isEqualTo(outcome);
    }

    @Test
    void otherConditionsAreNotForCaches() {
        Fields request = Fields.builder()
                .add(FieldName.IF_MATCH, "\"b\"")
                .add(FieldName.IF_UNMODIFIED_SINCE, EARLIER)
                .build();
        assertThat(Preconditions.evaluateForCache(request, "\"a\"", DATE, RECEIVED))
                .isEqualTo(PROCEED);
        assertThat(Preconditions.evaluateForCache(Fields.EMPTY, "\"a\"", DATE, RECEIVED))
                .isEqualTo(PROCEED);
        Fields both = Fields.builder()
                .addAll(request)
                .add(FieldName.IF_MODIFIED_SINCE, DATE)
                .build();
        assertThat(Preconditions.evaluateForCache(both, "\"a\"", DATE, RECEIVED))
                .isEqualTo(NOT_MODIFIED);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
                    the tag that is stored                      | "a"   | "a"   | none | true
                    another tag                                 | "b"   | "a"   | none | false
                    MUST use the strong comparison              | W/"a" | W/"a" | none | false
                    MUST use the strong comparison, stored      | "a"   | W/"a" | none | false
                    MUST use the strong comparison, given       | W/"a" | "a"   | none | false
                    no tag is stored                            | "a"   | none  | Sun, 06 Nov 1994 08:49:37 GMT | false
                    a tag is no list                            | "b", "a" | "a" | none | false
                    what has no quotes is no tag                | abc   | abc   | none | false
                    a star is no tag                            | *     | "a"   | none | false
                    the date of Last-Modified                   | Sun, 06 Nov 1994 08:49:37 GMT | "a" | Sun, 06 Nov 1994 08:49:37 GMT | true
                    the same date in another form               | Sunday, 06-Nov-94 08:49:37 GMT | none | Sun, 06 Nov 1994 08:49:37 GMT | true
                    an earlier date                             | Sun, 06 Nov 1994 08:49:36 GMT | none | Sun, 06 Nov 1994 08:49:37 GMT | false
                    a later date MUST NOT match, either         | Sun, 06 Nov 1994 08:49:38 GMT | none | Sun, 06 Nov 1994 08:49:37 GMT | false
                    no date is stored                           | Sun, 06 Nov 1994 08:49:37 GMT | "a" | none | false
                    the same text that is no date               | yesterday | none | yesterday | false
                    """)
    void ifRangeComparesExactly(String sentence, String ifRange, String etag, String lastModified, boolean matches) {
        assertThat(Preconditions.ifRangeMatches(ifRange, etag, lastModified))
                .as("§13.1.5 %s", sentence)
                .isEqualTo(matches);
    }
}
