package io.proxystone.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cache-Control as it is read (RFC 9111 §5.2). The lines of a field are separated by a semicolon. */
class CacheControlTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "nothing", textBlock = """
                    §5.2.1    | a request's directives                    | max-age=1, max-stale=2, min-fresh=3, no-cache, no-store, no-transform, only-if-cached | max-age=1 max-stale=2 min-fresh=3 no-cache no-store no-transform only-if-cached
                    §5.2.2    | a response's directives                   | max-age=1, must-revalidate, must-understand, no-cache, no-store, no-transform, private, proxy-revalidate, public, s-maxage=2 | max-age=1 must-revalidate must-understand no-cache no-store no-transform private proxy-revalidate public s-maxage=2
                    RFC 5861  | windows of stale responses                | stale-while-revalidate=1, stale-if-error=2   | stale-if-error=2 stale-while-revalidate=1
                    RFC 8246  | immutable                                 | immutable                                    | immutable
                    §5.2      | names are case-insensitive                | No-Store, MAX-AGE=5                          | max-age=5 no-store
                    §5.2      | several lines are one list                | no-store;max-age=5                           | max-age=5 no-store
                    §5.2.3    | unknown directives are ignored            | foo, max-age=5, bar=1, baz="no-store"        | max-age=5
                    §5.2.3    | a longer name is unknown                  | no-storex, xno-store, max-age5               | nothing
                    §5.6.1.2  | empty elements do not count               | ,, max-age=5 ,,no-store,                     | max-age=5 no-store
                    §5.6.1.2  | tabs are white space                      | \tno-store\t,\tmax-age=5                     | max-age=5 no-store
                    §5.6.1    | only a comma separates                    | max-age=5 no-store                           | max-age=0
                    §5.2      | a token where a quoted string is usual    | private=a                                    | private=a
                    §5.2      | a quoted string where a token is usual    | max-age="5"                                  | max-age=5
                    §5.6.4    | a quoted pair is its character            | max-age="1\\5", private="\\a"                | max-age=15 private=a
                    §5.6.4    | a comma in a quoted string separates not  | foo="a, no-store", max-age=5                 | max-age=5
                    §5.6.4    | an escaped quote closes nothing           | foo="a\\", no-store", max-age=5              | max-age=5
                    """)
    void directivesAreAListOfNamesWithArguments(String section, String sentence, String lines, String directives) {
        assertThat(read(lines)).as("%s %s", section, sentence).isEqualTo(directives == null ? "" : directives);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "nothing", textBlock = """
                    §1.2.2  | zero                                          | max-age=0                            | max-age=0
                    §1.2.2  | leading zeros                                 | max-age=007                          | max-age=7
                    §1.2.2  | 2^31 is the greatest number                   | max-age=2147483648                   | max-age=2147483648
                    §1.2.2  | below 2^31                                    | max-age=2147483647                   | max-age=2147483647
                    §1.2.2  | above 2^31 counts as 2^31                     | s-maxage=2147483649                  | s-maxage=2147483648
                    §1.2.2  | what overflows counts as 2^31                 | max-age=99999999999999999999999      | max-age=2147483648
                    §1.2.2  | what overflows in a window, too               | stale-if-error=18446744073709551616  | stale-if-error=2147483648
                    §4.2.1  | a lifetime without argument is stale          | max-age                              | max-age=0
                    §4.2.1  | an empty argument is stale                    | max-age=                             | max-age=0
                    §4.2.1  | an empty string is stale                      | s-maxage=""                          | s-maxage=0
                    §4.2.1  | a non-integer value is stale                  | max-age=1.5                          | max-age=0
                    §4.2.1  | a negative value is stale                     | max-age=-1                           | max-age=0
                    §4.2.1  | a sign is no digit                            | max-age=+1                           | max-age=0
                    §4.2.1  | a word is stale                               | s-maxage=abc                         | s-maxage=0
                    §4.2.1  | a unit is stale                               | max-age=5s                           | max-age=0
                    §4.2.1  | digits of other scripts are none              | max-age=\u00b2                       | max-age=0
                    §4.2.1  | white space after = is malformed              | max-age= 5                           | max-age=0
                    §4.2.1  | white space before = is malformed             | max-age =5                           | max-age=0
                    §4.2.1  | white space around = is malformed             | max-age = 5, s-maxage = 5            | max-age=0 s-maxage=0
                    §4.2.1  | white space in a string is malformed          | max-age=" 5"                         | max-age=0
                    §4.2.1  | single quotes are none                        | max-age='''5'''                      | max-age=0
                    §4.2.1  | more after a quoted string is malformed       | max-age="5"6                         | max-age=0
                    §4.2.1  | a string that is not closed says what is left | max-age="5                           | max-age=5
                    §4.2.1  | and takes its line                            | max-age="5, no-store;public          | max-age=0 public
                    §4.2.1  | a backslash at the end escapes nothing        | max-age="5\\, s-maxage=1             | max-age=0
                    §4.2.1  | a backslash alone is no number                | max-age="5\\                        | max-age=0
                    §4.2.1  | an escaped quote is no number                 | max-age="5\\"", s-maxage="\\"5"     | max-age=0 s-maxage=0
                    §4.2.1  | of duplicates the first is used               | max-age=1, max-age=2;max-age=3       | max-age=1
                    §4.2.1  | even if it is the greater one                 | max-age=2, max-age=1                 | max-age=2
                    §4.2.1  | even if it is malformed                       | max-age=a, max-age=1                 | max-age=0
                    §4.2.1  | lifetimes of different kinds do not meet      | max-age=1, s-maxage=2                | max-age=1 s-maxage=2
                    §5.2.1.2| max-stale without argument is any age         | max-stale                            | max-stale=any
                    §5.2.1.2| a malformed max-stale is absent               | max-stale=a                          | nothing
                    §5.2.1.2| an empty max-stale is absent                  | max-stale=                           | nothing
                    §5.2.1.2| max-stale above 2^31 is not any age           | max-stale=9999999999                 | max-stale=2147483648
                    §5.2.1.3| min-fresh needs an argument                   | min-fresh                            | nothing
                    §5.2.1.3| a malformed min-fresh is absent               | min-fresh=-1, min-fresh=2            | nothing
                    RFC 5861| malformed windows are absent                  | stale-if-error=a, stale-while-revalidate | nothing
                    """)
    void durationsAreWholeSeconds(String section, String sentence, String lines, String directives) {
        assertThat(read(lines)).as("%s %s", section, sentence).isEqualTo(directives == null ? "" : directives);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    §5.2.2.4 | no-cache for some fields only            | no-cache="Set-Cookie, X-A"          | no-cache=set-cookie+x-a
                    §5.2.2.7 | private for some fields only             | private="Set-Cookie"                | private=set-cookie
                    §5.2.2.4 | both forms are the unqualified one, too  | no-cache="a", no-cache              | no-cache no-cache=a
                    §5.2.2.7 | in any order                             | private, private="a"                | private private=a
                    §5.2.2.7 | several lists are one                    | private="a", private=B;private="c"  | private=a+b+c
                    §5.6.1.2 | empty elements do not count              | private=", a,,b ,"                  | private=a+b
                    §4.2.1   | a list of none restricts all             | private=""                          | private
                    §4.2.1   | an empty argument restricts all          | no-cache=                           | no-cache
                    §4.2.1   | a malformed name restricts all           | no-cache="a b"                      | no-cache
                    §4.2.1   | one malformed name among good ones       | private="a, b:"                     | private
                    §4.2.1   | a malformed argument restricts all       | private={a}                         | private
                    §4.2.1   | more after the list restricts all        | private="a"b                        | private
                    §4.2.1   | white space before = restricts all       | private ="a"                        | private
                    §4.2.1   | an open quote may hide a directive       | private="a, no-store                | private
                    §4.2.1   | an escaped quote closes nothing          | no-cache="a\\"                      | no-cache
                    §4.2.1   | an argument nobody expects               | no-store=foo, must-revalidate=1     | must-revalidate no-store
                    §4.2.1   | an argument nobody expects, malformed    | no-store = "a, no-transform= b      | no-store
                    §4.2.1   | an argument behind what permits          | public="a", immutable=0, must-understand=b | immutable must-understand public
                    """)
    void whatIsMalformedRestricts(String section, String sentence, String lines, String directives) {
        assertThat(read(lines)).as("%s %s", section, sentence).isEqualTo(directives);
    }

    @Test
    void emptyIsWhatHasNoKnownDirective() {
        assertThat(CacheControl.NONE.isEmpty()).isTrue();
        assertThat(CacheControl.parse(List.of())).isSameAs(CacheControl.NONE);
        assertThat(CacheControl.parse(List.of("", "foo, bar=1")).isEmpty()).isTrue();
        assertThat(CacheControl.parse(List.of("public")).isEmpty()).isFalse();
        assertThat(CacheControl.parse(List.of("max-age=0")).isEmpty()).isFalse();
        assertThat(CacheControl.parse(List.of("private=a")).isEmpty()).isFalse();
    }

    private static String read(String lines) {
        return CacheDirectives.of(CacheControl.parse(Arrays.asList(lines.split(";"))));
    }
}
