package io.proxystone.http;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Targeted fields such as CDN-Cache-Control (RFC 9213 §2.1). */
class TargetedCacheControlTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "nothing", textBlock = """
                    the directives of a response              | max-age=60, must-revalidate, no-store, private, s-maxage=1, stale-if-error=2 | max-age=60 must-revalidate no-store private s-maxage=1 stale-if-error=2
                    a true Boolean is a directive             | no-store=?1, no-cache=?1, private=?1, max-stale=?1 | max-stale=any no-cache no-store private
                    a false one is none                       | no-store=?0, no-cache=?0, private=?0, public=?0    | nothing
                    unknown directives are ignored            | none, foo=(1 2), max-age=1                         | max-age=1
                    zero is a number                          | max-age=0                                          | max-age=0
                    parameters are ignored                    | max-age=60;a=1;no-store, no-store;b                | max-age=60 no-store
                    of duplicates the last is used            | max-age=1, max-age=2                               | max-age=2
                    a number is clamped as in Cache-Control   | max-age=999999999999999                            | max-age=2147483648
                    SHOULD NOT consume a Decimal              | max-age=0.5, s-maxage=5.0                          | nothing
                    SHOULD NOT consume a String of digits     | max-age="5"                                        | nothing
                    SHOULD NOT consume a Token                | s-maxage=a5                                        | nothing
                    SHOULD NOT consume a Boolean              | max-age, min-fresh                                 | nothing
                    SHOULD NOT consume an inner list          | max-age=(5)                                        | nothing
                    SHOULD NOT consume what is negative       | max-age=-1                                         | nothing
                    SHOULD NOT consume what is not Boolean    | no-store=1, must-revalidate="a", public=b          | nothing
                    SHOULD NOT consume numbers as names       | no-cache=1, private=1.0                            | nothing
                    a String of field names                   | private="Set-Cookie, X-A", no-cache="b"            | no-cache=b private=set-cookie+x-a
                    a Token as a field name                   | private=Set-Cookie                                 | private=set-cookie
                    an inner list of field names              | private=("Set-Cookie" X-A), no-cache=(a)           | no-cache=a private=set-cookie+x-a
                    an inner list of none restricts all       | private=()                                         | private
                    a String of none restricts all            | private=""                                         | private
                    a malformed name restricts all            | private="a b", no-cache=("a" "b,c")                | no-cache private
                    what is no name restricts all             | private=(a 1)                                      | private
                    """)
    void directivesAreMembersOfADictionary(String sentence, String line, String directives) {
        StructuredDictionary dictionary = requireNonNull(StructuredDictionary.parse(List.of(line)));
        assertThat(CacheDirectives.of(CacheControl.ofDictionary(dictionary)))
                .as(sentence)
                .isEqualTo(directives == null ? "" : directives);
    }
}
