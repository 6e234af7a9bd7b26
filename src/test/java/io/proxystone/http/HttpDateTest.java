package io.proxystone.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Dates as they are read (RFC 9110 §5.6.7). */
class HttpDateTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    IMF-fixdate is the form to send                  | Sun, 06 Nov 1994 08:49:37 GMT    | 1994-11-06T08:49:37Z
                    MUST accept RFC 850's                            | Sunday, 06-Nov-94 08:49:37 GMT   | 1994-11-06T08:49:37Z
                    MUST accept asctime's, with a space for a digit  | Sun Nov  6 08:49:37 1994         | 1994-11-06T08:49:37Z
                    asctime's day may have two digits                | Wed Nov 16 08:49:37 1994         | 1994-11-16T08:49:37Z
                    asctime's two digits may start with 0            | Sun Nov 06 08:49:37 1994         | 1994-11-06T08:49:37Z
                    the day's name need not be right                 | Mon, 06 Nov 1994 08:49:37 GMT    | 1994-11-06T08:49:37Z
                    a long day's name need not be right              | Wednesday, 06-Nov-94 08:49:37 GMT| 1994-11-06T08:49:37Z
                    the epoch                                        | Thu, 01 Jan 1970 00:00:00 GMT    | 1970-01-01T00:00:00Z
                    before the epoch                                 | Wed, 31 Dec 1969 23:59:59 GMT    | 1969-12-31T23:59:59Z
                    the last second                                  | Fri, 31 Dec 9999 23:59:59 GMT    | 9999-12-31T23:59:59Z
                    a leap day                                       | Thu, 29 Feb 2024 00:00:00 GMT    | 2024-02-29T00:00:00Z
                    a leap day of a century                          | Tuesday, 29-Feb-00 00:00:00 GMT  | 2000-02-29T00:00:00Z
                    a leap second is the next one                    | Sat, 31 Dec 2016 23:59:60 GMT    | 2017-01-01T00:00:00Z
                    two digits from 70 are 19xx                      | Thursday, 01-Jan-70 00:00:00 GMT | 1970-01-01T00:00:00Z
                    two digits below 70 are 20xx                     | Tuesday, 31-Dec-69 23:59:59 GMT  | 2069-12-31T23:59:59Z
                    """)
    void dateHasOneOfThreeForms(String sentence, String text, Instant date) {
        assertThat(HttpDate.parse(text)).as(sentence).isEqualTo(date);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "-1",
                "now",
                "Sun, 06 Nov 1994",
                "Sun, 06 Nov 1994 08:49:37",
                "Sun, 06 Nov 1994 08:49:37 UTC",
                "Sun, 06 Nov 1994 08:49:37 EST",
                "Sun, 06 Nov 1994 08:49:37 gmt",
                "Sun, 06 Nov 1994 08:49:37 +0000",
                "Sun, 06 Nov 1994 08:49:37 GMT ",
                " Sun, 06 Nov 1994 08:49:37 GMT",
                "Sun, 06 Nov 1994 08:49:37 GMT, Sun, 06 Nov 1994 08:49:37 GMT",
                "Sun, 6 Nov 1994 08:49:37 GMT",
                "Sun,  6 Nov 1994 08:49:37 GMT",
                "Sun 06 Nov 1994 08:49:37 GMT",
                "Sun, 06-Nov-1994 08:49:37 GMT",
                "Sun, 06 Nov 94 08:49:37 GMT",
                "Sun, 06  Nov 1994 8:49:37 GMT",
                "Sun, 06 Nov 1994 8:49:37 GMT",
                "Sun, 06 Nov 1994 08.49.37 GMT",
                "Sun, 06 Nov 1994 08:49 GMT",
                "Sun, 06 Nov 1994 24:00:00 GMT",
                "Sun, 06 Nov 1994 08:60:00 GMT",
                "Sun, 06 Nov 1994 08:49:61 GMT",
                "Sun, 06 Nov 1994 -8:49:37 GMT",
                "Sun, +6 Nov 1994 08:49:37 GMT",
                "Sun, \u0660\u0666 Nov 1994 08:49:37 GMT",
                "Sun, 00 Nov 1994 08:49:37 GMT",
                "Sun, 31 Nov 1994 08:49:37 GMT",
                "Sun, 29 Feb 2023 08:49:37 GMT",
                "sun, 06 Nov 1994 08:49:37 GMT",
                "Sun, 06 nov 1994 08:49:37 GMT",
                "Sun, 06 NOV 1994 08:49:37 GMT",
                "Son, 06 Nov 1994 08:49:37 GMT",
                "Sun, 06 Okt 1994 08:49:37 GMT",
                "Sun, 06 anF 1994 08:49:37 GMT",
                "unM, 06 Nov 1994 08:49:37 GMT",
                "Sunday, 06 Nov 1994 08:49:37 GMT",
                "Sunday, 06-Nov-1994 08:49:37 GMT",
                "Sunday, 6-Nov-94 08:49:37 GMT",
                "Sunday, 06-Nov-94 08:49:37 UTC",
                "Sunday, 06-Nov-9x 08:49:37 GMT",
                "Sunday, 31-Nov-94 08:49:37 GMT",
                "Sunday, 06-Nvo-94 08:49:37 GMT",
                "Sunday, 06-Nov-94 08:49:xx GMT",
                "sunday, 06-Nov-94 08:49:37 GMT",
                "Sunnyday, 06-Nov-94 08:49:37 GMT",
                "Sun Nov 6 08:49:37 1994",
                "Sun Nov  6 08:49:37 1994 GMT",
                "Sun Nov  6 08:49:37 94",
                "Sun Nov  0 08:49:37 1994",
                "Sun Nov 6  08:49:37 1994",
                "Sunday Nov 6 08:49:37 1994",
                "1994-11-06T08:49:37Z"
            })
    void anythingElseIsNoDate(String text) {
        assertThat(HttpDate.parse(text)).isNull();
        assertThat(HttpDate.parse(text, Instant.EPOCH)).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    this year                                | 2024-05-05T12:00:00Z | Sunday, 05-May-24 12:00:00 GMT | 2024-05-05T12:00:00Z
                    50 years ahead are the future            | 2024-05-05T12:00:00Z | Sunday, 05-May-74 12:00:00 GMT | 2074-05-05T12:00:00Z
                    more than 50 years ahead are the past    | 2024-05-05T12:00:00Z | Sunday, 05-May-74 12:00:01 GMT | 1974-05-05T12:00:01Z
                    the most recent year in the past         | 2024-05-05T12:00:00Z | Sunday, 05-May-94 12:00:00 GMT | 1994-05-05T12:00:00Z
                    the next century is the future           | 1994-05-05T12:00:00Z | Sunday, 05-May-24 12:00:00 GMT | 2024-05-05T12:00:00Z
                    the next century is not far              | 2099-05-05T12:00:00Z | Sunday, 05-May-05 12:00:00 GMT | 2105-05-05T12:00:00Z
                    a leap day that only the past has        | 2099-05-05T12:00:00Z | Sunday, 29-Feb-96 12:00:00 GMT | 2096-02-29T12:00:00Z
                    four digits are what they are            | 2024-05-05T12:00:00Z | Sat, 05 May 2185 12:00:00 GMT  | 2185-05-05T12:00:00Z
                    """)
    void yearOfTwoDigitsIsNotMoreThan50YearsAhead(String sentence, Instant now, String text, Instant date) {
        assertThat(HttpDate.parse(text, now)).as(sentence).isEqualTo(date);
    }

    @Test
    void everyDateThatIsWrittenIsRead() {
        for (Instant date = Instant.EPOCH;
                date.isBefore(Instant.parse("2105-01-01T00:00:00Z"));
                date = date.plus(17, ChronoUnit.HOURS).plusSeconds(1)) {
            assertThat(HttpDate.parse(HttpDate.format(date))).isEqualTo(date);
        }
    }
}
