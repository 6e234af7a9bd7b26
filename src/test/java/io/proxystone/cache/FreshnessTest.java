package io.proxystone.cache;

import static io.proxystone.cache.Given.T;
import static io.proxystone.cache.Given.response;
import static io.proxystone.cache.Given.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.proxystone.cache.Freshness.Source;
import io.proxystone.cache.Freshness.StaleUse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How old responses are and how long they may be reused (RFC 9111 §4.2, RFC 9213, RFC 5861). Rows without RFC are of RFC 9111. */
class FreshnessTest {

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    §4.2.1 | MUST | s-maxage counts before max-age in a shared cache        | Cache-Control: max-age=60, s-maxage=10 & Expires: {100} | 10 | S_MAXAGE
                    §4.2.1 | MUST | s-maxage of 0 counts, too                               | Cache-Control: s-maxage=0, max-age=60          | 0   | S_MAXAGE
                    §4.2.1 | MUST | max-age counts before Expires                           | Cache-Control: max-age=60 & Expires: {100}     | 60  | MAX_AGE
                    §4.2.1 | MUST | max-age of 0 counts before Expires                      | Cache-Control: max-age=0 & Expires: {100}      | 0   | MAX_AGE
                    §4.2.1 | MUST | Expires counts from Date                                | Expires: {100} & Date: {-20}                   | 120 | EXPIRES
                    §4.2.1 | MUST | Expires counts from receipt without Date                | Expires: {100}                                 | 100 | EXPIRES
                    §4.2.1 | MUST | Expires counts from receipt with a Date that is none    | Expires: {100} & Date: today                   | 100 | EXPIRES
                    §4.2.1 | SHOULD | of two Expires the first counts                       | Expires: {100} & Expires: {5}                  | 100 | EXPIRES
                    §4.2.1 | SHOULD | of two max-age the first counts                       | Cache-Control: max-age=60 & Cache-Control: max-age=5 | 60 | MAX_AGE
                    §4.2.1 | SHOULD | a malformed max-age is stale, whatever Expires says   | Cache-Control: max-age=1.5 & Expires: {100}    | 0   | MAX_AGE
                    §4.2.1 | SHOULD | a malformed s-maxage is stale, whatever max-age says  | Cache-Control: s-maxage=a, max-age=60          | 0   | S_MAXAGE
                    §1.2.2 | MUST | no lifetime is longer than 2^31 seconds                 | Cache-Control: max-age=99999999999999999999    | 2147483648 | MAX_AGE
                    §5.3   | MUST | Expires equal to Date is stale                          | Expires: {0} & Date: {0}                       | 0   | EXPIRES
                    §5.3   | MUST | Expires before Date is stale                            | Expires: {-100} & Date: {0}                    | 0   | EXPIRES
                    §5.3   | MUST | Expires 0 is in the past                                | Expires: 0                                     | 0   | EXPIRES
                    §5.3   | MUST | Expires -1 is in the past                               | Expires: -1                                    | 0   | EXPIRES
                    §5.3   | MUST | an empty Expires is in the past                         | Expires:                                       | 0   | EXPIRES
                    §5.3   | MUST | a number of seconds is no date                          | Expires: 100                                   | 0   | EXPIRES
                    §5.3   | MUST | an ISO date is no date                                  | Expires: 2024-01-01T00:01:00Z                  | 0   | EXPIRES
                    §5.3   | MUST | what is no Expires still forbids to guess               | Expires: 0 & Last-Modified: {-1000}            | 0   | EXPIRES
                    §4.2   | SHOULD | a zone other than GMT is invalid                      | Expires: Mon, 01 Jan 2024 00:01:00 EST         | 0   | EXPIRES
                    §4.2   | SHOULD | an offset is invalid                                  | Expires: Mon, 01 Jan 2024 00:01:00 +0000       | 0   | EXPIRES
                    §4.2   | SHOULD | UTC is as good as GMT                                 | Expires: Mon, 01 Jan 2024 00:01:00 UTC         | 60  | EXPIRES
                    §4.2   | SHOULD | dates match in lower case                             | Expires: mon, 01 jan 2024 00:01:00 gmt         | 60  | EXPIRES
                    §4.2   | SHOULD | dates match in upper case                             | Expires: MON, 01 JAN 2024 00:01:00 GMT         | 60  | EXPIRES
                    §4.2   | MUST | RFC 850's form is a date                                | Expires: Monday, 01-Jan-24 00:01:00 GMT        | 60  | EXPIRES
                    §4.2   | MUST | asctime's form is a date                                | Expires: Mon Jan  1 00:01:00 2024              | 60  | EXPIRES
                    §5.2.2 | MAY  | immutable gives no lifetime                             | Cache-Control: immutable                       | 0   | NONE
                    §4.2.2 | MAY  | a tenth of the age since Last-Modified                  | Last-Modified: {-1000}                         | 100 | HEURISTIC
                    §4.2.2 | MAY  | a tenth of what it was when it was made                 | Last-Modified: {-1000} & Date: {-500}          | 50  | HEURISTIC
                    §4.2.2 | SHOULD | never more than a day                                 | Last-Modified: {-10000000}                     | 86400 | HEURISTIC
                    §4.2.2 | MAY  | modified in the future is stale                         | Last-Modified: {1000}                          | 0   | HEURISTIC
                    §4.2.2 | MAY  | without Last-Modified there is nothing to guess from    | ETag: "a"                                      | 0   | NONE
                    §4.2.2 | MAY  | nor with one that is no date                            | Last-Modified: yesterday                       | 0   | NONE
                    §4.2.2 | MUST NOT | an explicit lifetime forbids to guess               | Cache-Control: max-age=1 & Last-Modified: {-1000} | 1 | MAX_AGE
                    """)
    void lifetimeComesFromTheFirstThatGivesOne(
            String section, String level, String sentence, String fields, long seconds, Source source) {
        Freshness freshness = response(fields).freshness();
        assertThat(freshness.source()).isEqualTo(source);
        assertThat(freshness.lifetime()).isEqualTo(seconds * 1000);
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    §4.2.2 | MUST NOT | a status that is not cacheable by default has no guess  | 500 | Last-Modified: {-1000} | NONE
                    §4.2.2 | MUST NOT | nor has an unknown one                                  | 299 | Last-Modified: {-1000} | NONE
                    §4.2.2 | MUST NOT | nor a temporary redirection                             | 302 | Last-Modified: {-1000} | NONE
                    §4.2.2 | MAY | public allows to guess                                       | 500 | Last-Modified: {-1000} & Cache-Control: public | HEURISTIC
                    §4.2.2 | MAY | 203 may be guessed                                           | 203 | Last-Modified: {-1000} | HEURISTIC
                    §4.2.2 | MAY | 204 may be guessed                                           | 204 | Last-Modified: {-1000} | HEURISTIC
                    §4.2.2 | MAY | 301 may be guessed                                           | 301 | Last-Modified: {-1000} | HEURISTIC
                    §4.2.2 | MAY | 404 may be guessed                                           | 404 | Last-Modified: {-1000} | HEURISTIC
                    §4.2.2 | MAY | 410 may be guessed                                           | 410 | Last-Modified: {-1000} | HEURISTIC
                    §4.2.2 | MAY | 501 may be guessed                                           | 501 | Last-Modified: {-1000} | HEURISTIC
                    §4.2.1 | MUST | an explicit lifetime counts for any status                  | 299 | Cache-Control: max-age=5 | MAX_AGE
                    """)
    void statusDecidesWhetherALifetimeMayBeGuessed(
            String section, String level, String sentence, int status, String fields, Source source) {
        assertThat(response(fields).status(status).freshness().source()).isEqualTo(source);
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    RFC 9213 §2.2 | MUST | a targeted field counts before Cache-Control          | CDN-Cache-Control: max-age=30 & Cache-Control: s-maxage=60 | 30 | TARGETED
                    RFC 9213 §2.2 | MUST | and before Expires                                    | CDN-Cache-Control: max-age=30 & Expires: {60}     | 30 | TARGETED
                    RFC 9213 §2.2 | MUST | even if it gives no lifetime                          | CDN-Cache-Control: must-revalidate & Cache-Control: max-age=60 & Expires: {60} | 0 | NONE
                    RFC 9213 §2.2 | MUST | even if nothing in it is known                        | CDN-Cache-Control: foo & Cache-Control: max-age=60 | 0  | NONE
                    RFC 9213 §2.2 | MUST | an empty one is ignored                               | CDN-Cache-Control: & Cache-Control: max-age=60    | 60 | MAX_AGE
                    RFC 9213 §2.2 | MUST | a malformed one is ignored: a comma too many          | CDN-Cache-Control: max-age=30, & Cache-Control: max-age=60 | 60 | MAX_AGE
                    RFC 9213 §2.2 | MUST | a malformed one is ignored: upper case                | CDN-Cache-Control: MAX-AGE=30 & Cache-Control: max-age=60 | 60 | MAX_AGE
                    RFC 9213 §2.2 | MUST | a malformed one is ignored: a semicolon between       | CDN-Cache-Control: max-age=30; & Cache-Control: max-age=60 | 60 | MAX_AGE
                    RFC 9213 §2.1 | MUST | a directive with another type is ignored: decimal     | CDN-Cache-Control: max-age=30.5 & Cache-Control: max-age=60 | 0 | NONE
                    RFC 9213 §2.1 | MUST | a directive with another type is ignored: string      | CDN-Cache-Control: max-age="30" & Cache-Control: max-age=60 | 0 | NONE
                    RFC 9213 §2.1 | MUST | parameters do not matter                              | CDN-Cache-Control: max-age=30;a=1                 | 30 | TARGETED
                    RFC 9213 §2.1 | MUST | several lines are one field                           | CDN-Cache-Control: max-age=30 & CDN-Cache-Control: public | 30 | TARGETED
                    RFC 9651 §3.2 | MUST | of duplicates the last counts                         | CDN-Cache-Control: max-age=30, max-age=20         | 20 | TARGETED
                    RFC 9213 §2.1 | MUST | s-maxage counts before max-age there, too             | CDN-Cache-Control: max-age=30, s-maxage=20        | 20 | TARGETED
                    RFC 9213 §2.2 | MAY  | where it gives no lifetime it may be guessed          | CDN-Cache-Control: public & Last-Modified: {-1000} & Expires: {5} | 100 | HEURISTIC
                    rule | MAY | Surrogate-Control does not count by itself                      | Surrogate-Control: max-age=30 & Cache-Control: max-age=60 | 60 | MAX_AGE
                    """)
    void targetedFieldsCountBeforeOthers(
            String section, String level, String sentence, String fields, long seconds, Source source) {
        Freshness freshness = response(fields).freshness();
        assertThat(freshness.source()).isEqualTo(source);
        assertThat(freshness.lifetime()).isEqualTo(seconds * 1000);
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    rule | MAY | ttl counts whatever the response says              | ttl=7              | Cache-Control: max-age=60 & CDN-Cache-Control: max-age=30 | 7 | RULE
                    rule | MAY | ttl counts where the response says nothing         | ttl=7              | ETag: "a"                 | 7    | RULE
                    rule | MAY | ttl of 0 makes it stale                            | ttl=0              | Cache-Control: max-age=60 | 0    | RULE
                    rule | MAY | ttl has no bounds                                  | ttl=7 min-ttl=20   | Cache-Control: max-age=60 | 7    | RULE
                    rule | MAY | min-ttl lengthens a lifetime                       | min-ttl=20         | Cache-Control: max-age=10 | 20   | MAX_AGE
                    rule | MAY | min-ttl leaves a longer one alone                  | min-ttl=20         | Cache-Control: max-age=60 | 60   | MAX_AGE
                    rule | MAY | min-ttl is a lifetime where there is none          | min-ttl=20         | ETag: "a"                 | 20   | NONE
                    rule | MAY | max-ttl shortens a lifetime                        | max-ttl=20         | Cache-Control: max-age=60 | 20   | MAX_AGE
                    rule | MAY | max-ttl shortens a targeted one                    | max-ttl=20         | CDN-Cache-Control: max-age=60 | 20 | TARGETED
                    rule | MAY | max-ttl leaves a shorter one alone                 | max-ttl=20         | Cache-Control: max-age=10 | 10   | MAX_AGE
                    rule | MAY | heuristic-limit bounds what is guessed             | heuristic-limit=50 | Last-Modified: {-1000}    | 50   | HEURISTIC
                    rule | MAY | heuristic-limit does not bound what is said        | heuristic-limit=50 | Cache-Control: max-age=60 | 60   | MAX_AGE
                    rule | MAY | directives can be ignored, and Expires with them   | ignore-cache-control | Cache-Control: max-age=60 & Expires: {60} | 0 | NONE
                    rule | MAY | targeted ones, too                                 | ignore-cache-control | CDN-Cache-Control: max-age=60 | 0 | NONE
                    rule | MAY | then a lifetime may be guessed                     | ignore-cache-control | Cache-Control: max-age=60 & Last-Modified: {-1000} | 100 | HEURISTIC
                    rule | MAY | Surrogate-Control can count like a targeted field  | surrogate-control  | Surrogate-Control: max-age=30 & Cache-Control: max-age=60 | 30 | TARGETED
                    rule | MAY | CDN-Cache-Control counts before it                 | surrogate-control  | Surrogate-Control: max-age=30 & CDN-Cache-Control: max-age=20 | 20 | TARGETED
                    rule | MAY | it does not count if it says nothing about caching | surrogate-control  | Surrogate-Control: content="ESI/1.0" & Cache-Control: max-age=60 | 60 | MAX_AGE
                    """)
    void rulesChangeLifetimes(
            String section, String level, String sentence, String rule, String fields, long seconds, Source source) {
        Freshness freshness = response(fields).under(rule(rule)).freshness();
        assertThat(freshness.source()).isEqualTo(source);
        assertThat(freshness.lifetime()).isEqualTo(seconds * 1000);
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    §4.2.3 | MUST | nothing says how old it is: it is new                  | X: y                    | 0    | 0   | 0
                    §4.2.3 | MUST | Age is its age                                         | Age: 5                  | 0    | 0   | 5000
                    §4.2.3 | MUST | the delay of the response is added to Age              | Age: 5                  | 1500 | 0   | 6500
                    §4.2.3 | MUST | the delay counts without Age                           | Date: {0}               | 1500 | 0   | 1500
                    §4.2.3 | MUST | an old Date makes it old                               | Date: {-10}             | 0    | 0   | 10000
                    §4.2.3 | MUST | the greater of both counts: Date                       | Date: {-10} & Age: 5    | 1000 | 0   | 10000
                    §4.2.3 | MUST | the greater of both counts: Age                        | Date: {-3} & Age: 5     | 1000 | 0   | 6000
                    §4.2.3 | MUST | a Date in the future does not make it younger          | Date: {100} & Age: 5    | 0    | 0   | 5000
                    §4.2.3 | MUST | a clock set back does not make it younger              | Age: 5                  | -900 | 0   | 5000
                    §4.2.3 | MUST | Date has whole seconds: this second's is not old       | Date: {0}               | 0    | 999 | 0
                    §4.2.3 | MUST | last second's Date is a second old                     | Date: {-1}              | 0    | 999 | 1000
                    §4.2.3 | MUST | what is no date does not count                         | Date: yesterday         | 0    | 0   | 0
                    §5.1   | SHOULD | of several ages the first counts                     | Age: 5, 10              | 0    | 0   | 5000
                    §5.1   | SHOULD | even if it is the greater one                        | Age: 10, 5              | 0    | 0   | 10000
                    §5.1   | SHOULD | of several lines the first counts                    | Age: 5 & Age: 10        | 0    | 0   | 5000
                    §5.1   | SHOULD | a number, then something else                        | Age: 5, a               | 0    | 0   | 5000
                    §5.1   | SHOULD | something else, then a number                        | Age: a, 5               | 0    | 0   | 0
                    §5.1   | SHOULD | a negative age is ignored                            | Age: -5                 | 0    | 0   | 0
                    §5.1   | SHOULD | a sign is ignored with its number                    | Age: +5                 | 0    | 0   | 0
                    §5.1   | SHOULD | a fraction is ignored                                | Age: 5.5                | 0    | 0   | 0
                    §5.1   | SHOULD | a parameter is ignored with its number               | Age: 5;a=1              | 0    | 0   | 0
                    §5.1   | SHOULD | a quoted number is ignored                           | Age: "5"                | 0    | 0   | 0
                    §5.1   | SHOULD | an empty age is ignored                              | Age:                    | 0    | 0   | 0
                    §5.1   | MUST | leading zeros do not matter                            | Age: 007                | 0    | 0   | 7000
                    §1.2.2 | MUST | no age is more than 2^31 seconds                       | Age: 99999999999999999999 | 0  | 0   | 2147483648000
                    """)
    void ageIsWhatDateAgeAndDelaySay(
            String section, String level, String sentence, String fields, long delay, long late, long age) {
        long received = T + late;
        Freshness freshness = response(fields)
                .receivedAt(received)
                .requestedAt(received - delay)
                .freshness();
        assertThat(freshness.initialAge()).isEqualTo(age);
        assertThat(freshness.age(received)).isEqualTo(age);
        assertThat(freshness.age(received + 1234)).as("resident time").isEqualTo(age + 1234);
        assertThat(freshness.age(received - 1234)).as("a clock set back").isEqualTo(age);
        assertThat(freshness.ageSeconds(received + 999)).as("Age").isEqualTo((age + 999) / 1000);
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    §4.2 | MUST | max-age since it came                       | Cache-Control: max-age=60              | 60000
                    §4.2 | MUST | less the Age it came with                   | Cache-Control: max-age=60 & Age: 10    | 50000
                    §4.2 | MUST | less the age its Date gives it              | Cache-Control: max-age=60 & Date: {-20} | 40000
                    §4.2 | MUST | Expires is a time, whatever Date is         | Expires: {60} & Date: {-20}            | 60000
                    §4.2 | MUST | a Date in the future does not lengthen it   | Cache-Control: max-age=60 & Date: {100} | 60000
                    §4.2 | MUST | of the guessed lifetime                     | Last-Modified: {-1000}                 | 100000
                    """)
    void freshUntilItsAgeIsItsLifetime(String section, String level, String sentence, String fields, long millis) {
        Freshness freshness = response(fields).freshness();
        assertThat(freshness.isFresh(T + millis - 1)).isTrue();
        assertThat(freshness.remaining(T + millis - 1)).isEqualTo(1);
        assertThat(freshness.isFresh(T + millis)).isFalse();
        assertThat(freshness.remaining(T + millis)).isZero();
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    §4.2.4   | MAY  | nothing forbids to use it stale              | Cache-Control: max-age=1                    | ALLOWED
                    §5.2.2.2 | MUST NOT | must-revalidate forbids it               | Cache-Control: max-age=1, must-revalidate   | FORBIDDEN
                    §5.2.2.8 | MUST NOT | proxy-revalidate forbids it              | Cache-Control: max-age=1, proxy-revalidate  | FORBIDDEN
                    §5.2.2.10| MUST NOT | s-maxage forbids it                      | Cache-Control: s-maxage=1                   | FORBIDDEN
                    §5.2.2.10| MUST NOT | even with stale-while-revalidate         | Cache-Control: s-maxage=1, stale-while-revalidate=60 | FORBIDDEN
                    §5.2.2.4 | MUST NOT | no-cache forbids it fresh, too           | Cache-Control: max-age=1, no-cache          | FORBIDDEN_ALSO_FRESH
                    §5.2.2.4 | MUST NOT | no-cache is the stronger one             | Cache-Control: no-cache, must-revalidate    | FORBIDDEN_ALSO_FRESH
                    §5.2.2.4 | MAY  | no-cache for a field does not                | Cache-Control: max-age=1, no-cache="X"      | ALLOWED
                    §4.2.4   | MAY  | immutable does not                           | Cache-Control: max-age=1, immutable         | ALLOWED
                    RFC 9213 §2.2 | MUST | only a targeted field's directives count | CDN-Cache-Control: max-age=1 & Cache-Control: must-revalidate | ALLOWED
                    RFC 9213 §2.2 | MUST | and they do count                       | CDN-Cache-Control: max-age=1, must-revalidate | FORBIDDEN
                    """)
    void directivesForbidStaleUse(String section, String level, String sentence, String fields, StaleUse staleUse) {
        assertThat(response(fields).freshness().staleUse()).isEqualTo(staleUse);
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    RFC 5861 §3 | MAY | the response's windows                    | X=                         | Cache-Control: max-age=1, stale-while-revalidate=5, stale-if-error=7 | 5 | 7
                    RFC 5861 §3 | MAY | none by default                           | X=                         | Cache-Control: max-age=1                   | 0 | 0
                    RFC 5861 §3 | MAY | malformed ones are none                   | X=                         | Cache-Control: stale-while-revalidate=a, stale-if-error | 0 | 0
                    rule | MAY | the rule's where the response says nothing       | stale-while-revalidate=3 stale-if-error=4 | Cache-Control: max-age=1    | 3 | 4
                    rule | MAY | the response's before the rule's                 | stale-while-revalidate=3 stale-if-error=4 | Cache-Control: stale-while-revalidate=0, stale-if-error=1 | 0 | 1
                    RFC 9213 §2.2 | MUST | a targeted field's windows              | X=                         | CDN-Cache-Control: stale-while-revalidate=5 & Cache-Control: stale-if-error=7 | 5 | 0
                    """)
    void windowsComeFromTheResponseAndElseFromTheRule(
            String section,
            String level,
            String sentence,
            String rule,
            String fields,
            long whileRevalidate,
            long ifError) {
        Freshness freshness = response(fields).under(rule(rule)).freshness();
        assertThat(freshness.staleWhileRevalidate()).isEqualTo(whileRevalidate * 1000);
        assertThat(freshness.staleIfError()).isEqualTo(ifError * 1000);
    }

    @Test
    void whatIsMarkedStaleIsStaleAtOnceAndKeepsItsAge() {
        Freshness stale =
                response("Cache-Control: max-age=60 & Age: 3").freshness().staleAt(T + 10_000);
        assertThat(stale.isFresh(T + 10_000)).isFalse();
        assertThat(stale.remaining(T + 10_000)).isZero();
        assertThat(stale.ageSeconds(T + 10_000)).isEqualTo(13);
    }

    @Test
    void whatIsStaleAlreadyDoesNotGetFresherByBeingMarked() {
        Freshness stale = response("Cache-Control: max-age=60").freshness().staleAt(T + 100_000);
        assertThat(stale.remaining(T + 100_000)).isEqualTo(-40_000);
    }

    @Test
    void usefulAsLongAsItMayAnswerWithoutTheOrigin() {
        String windows = "Cache-Control: max-age=60, stale-while-revalidate=5, stale-if-error=7";
        assertThat(response(windows).freshness().usefulFor(T + 1000)).isEqualTo(66_000);
        assertThat(response(windows).freshness().usefulFor(T + 99_000)).isZero();
        assertThat(response(windows + ", must-revalidate").freshness().usefulFor(T + 1000))
                .isEqualTo(59_000);
    }
}
