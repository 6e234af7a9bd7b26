package io.proxystone.cache;

import static io.proxystone.cache.Given.T;
import static io.proxystone.cache.Given.get;
import static io.proxystone.cache.Given.request;
import static io.proxystone.cache.Given.response;
import static io.proxystone.cache.Given.rule;
import static io.proxystone.cache.Given.stored;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When stored responses answer (RFC 9111 §4, §5.2.1, RFC 5861). Rows without RFC are of RFC 9111; ages are in milliseconds. */
class ReuseRulesTest {

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    §4       | MAY  | a fresh response answers                            | max-age=60                     | 59999 | reuse
                    §4       | MUST NOT | a stale one does not                            | max-age=60                     | 60000 | validate stale
                    §4       | MUST NOT | one that was stale at once does not             | max-age=0                      | 0     | validate stale
                    §5.2.2.4 | MUST NOT | no-cache does not answer fresh                  | max-age=60, no-cache           | 0     | validate stale
                    §5.2.2.4 | MUST NOT | nor in its windows                              | no-cache, max-age=0, stale-while-revalidate=60 | 1000 | validate stale
                    §5.2.2.4 | MAY  | no-cache for a field does                           | max-age=60, no-cache="X"       | 0     | reuse
                    §5.2.2.2 | MAY  | must-revalidate answers while it is fresh           | max-age=60, must-revalidate    | 59999 | reuse
                    §5.2.2.2 | MUST NOT | but not once it is stale                        | max-age=60, must-revalidate    | 60000 | validate stale
                    RFC 5861 §3 | MAY | stale-while-revalidate answers as long as fresh   | max-age=60, stale-while-revalidate=5 | 59999 | reuse
                    RFC 5861 §3 | MAY | and while it is validated from then on            | max-age=60, stale-while-revalidate=5 | 60000 | reuse and revalidate
                    RFC 5861 §3 | MAY | up to the end of the window                       | max-age=60, stale-while-revalidate=5 | 64999 | reuse and revalidate
                    RFC 5861 §3 | MUST NOT | and not longer                               | max-age=60, stale-while-revalidate=5 | 65000 | validate stale
                    §5.2.2.2 | MUST NOT | must-revalidate forbids it                      | max-age=60, stale-while-revalidate=5, must-revalidate | 60000 | validate stale
                    §5.2.2.8 | MUST NOT | proxy-revalidate forbids it                     | max-age=60, stale-while-revalidate=5, proxy-revalidate | 60000 | validate stale
                    §5.2.2.10| MUST NOT | s-maxage forbids it                             | s-maxage=60, stale-while-revalidate=5 | 60000 | validate stale
                    RFC 5861 §4 | MUST NOT | stale-if-error alone does not answer         | max-age=60, stale-if-error=5   | 60000 | validate stale
                    RFC 8246 | SHOULD | immutable is validated once it is stale           | max-age=60, immutable          | 60000 | validate stale
                    """)
    void freshResponsesAnswer(
            String section, String level, String sentence, String cacheControl, long age, String decision) {
        assertThat(decision("Cache-Control: " + cacheControl, "X: y", age)).isEqualTo(decision);
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    §5.2.1.1 | MAY  | max-age takes what is not older                     | max-age=60 | Cache-Control: max-age=10     | 10000 | reuse
                    §5.2.1.1 | MAY  | and nothing older                                   | max-age=60 | Cache-Control: max-age=10     | 10001 | validate request
                    §5.2.1.1 | MAY  | max-age=0 takes nothing                             | max-age=60 | Cache-Control: max-age=0      | 0     | validate request
                    §5.2.1.1 | MAY  | a malformed max-age takes nothing                   | max-age=60 | Cache-Control: max-age=a      | 0     | validate request
                    §5.2.1.1 | MUST NOT | a longer max-age does not lengthen the lifetime | max-age=60 | Cache-Control: max-age=100    | 60000 | validate stale
                    §5.2.1.1 | MUST | the Age it came with counts                         | max-age=60 | Cache-Control: max-age=10 & Age: 0 | 11000 | validate request
                    §5.2.1.2 | MAY  | max-stale takes what is stale by so much            | max-age=60 | Cache-Control: max-stale=5    | 65000 | reuse
                    §5.2.1.2 | MAY  | and nothing staler                                  | max-age=60 | Cache-Control: max-stale=5    | 65001 | validate stale
                    §5.2.1.2 | MAY  | without a number it takes all                       | max-age=60 | Cache-Control: max-stale      | 9999999 | reuse
                    §5.2.1.2 | MAY  | max-stale=0 takes what has just become stale        | max-age=60 | Cache-Control: max-stale=0    | 60000 | reuse
                    §5.2.1.2 | MUST | a malformed max-stale is none                       | max-age=60 | Cache-Control: max-stale=a    | 60000 | validate stale
                    §5.2.1.2 | MUST | an empty max-stale is none                          | max-age=60 | Cache-Control: max-stale=     | 60000 | validate stale
                    §5.2.2.2 | MUST NOT | must-revalidate stands against it               | max-age=60, must-revalidate | Cache-Control: max-stale | 60000 | validate stale
                    §5.2.2.8 | MUST NOT | proxy-revalidate stands against it              | max-age=60, proxy-revalidate | Cache-Control: max-stale | 60000 | validate stale
                    §5.2.2.10| MUST NOT | s-maxage stands against it                      | s-maxage=60 | Cache-Control: max-stale     | 60000 | validate stale
                    §5.2.2.4 | MUST NOT | no-cache stands against it                      | max-age=60, no-cache | Cache-Control: max-stale | 0 | validate stale
                    §5.2.1.1 | MAY  | max-age and max-stale: not older                    | max-age=60 | Cache-Control: max-age=100, max-stale=50 | 100000 | reuse
                    §5.2.1.1 | MAY  | max-age and max-stale: older                        | max-age=60 | Cache-Control: max-age=100, max-stale=50 | 100001 | validate stale
                    §5.2.1.3 | MAY  | min-fresh takes what stays fresh for so long        | max-age=60 | Cache-Control: min-fresh=10   | 50000 | reuse
                    §5.2.1.3 | MAY  | and nothing that does not                           | max-age=60 | Cache-Control: min-fresh=10   | 50001 | validate request
                    §5.2.1.3 | MAY  | a malformed min-fresh is none                       | max-age=60 | Cache-Control: min-fresh=a    | 59999 | reuse
                    §5.2.1.3 | MAY  | min-fresh forbids to answer while validating        | max-age=60, stale-while-revalidate=5 | Cache-Control: min-fresh=10 | 60000 | validate stale
                    §5.2.1.4 | MAY  | no-cache takes nothing fresh                        | max-age=60 | Cache-Control: no-cache       | 0     | validate request
                    §5.2.1.4 | MAY  | no-cache takes nothing stale                        | max-age=60, stale-while-revalidate=5 | Cache-Control: no-cache | 60000 | validate stale
                    §5.2.1.4 | MAY  | no-cache stands against max-stale                   | max-age=60 | Cache-Control: no-cache, max-stale | 0 | validate request
                    §5.2.1.5 | MAY  | no-store does not forbid to answer                  | max-age=60 | Cache-Control: no-store       | 0     | reuse
                    §5.2.1.6 | MAY  | no-transform does not matter                        | max-age=60 | Cache-Control: no-transform   | 0     | reuse
                    §5.2.1.7 | MAY  | only-if-cached takes what is fresh                  | max-age=60 | Cache-Control: only-if-cached | 59999 | reuse
                    §5.2.1.7 | SHOULD | else nobody answers                               | max-age=60 | Cache-Control: only-if-cached | 60000 | unsatisfiable
                    §5.2.1.7 | MAY  | with max-stale it takes what is stale               | max-age=60 | Cache-Control: only-if-cached, max-stale | 60000 | reuse
                    §5.2.1.7 | SHOULD | with max-age=0 nobody answers                     | max-age=60 | Cache-Control: only-if-cached, max-age=0 | 0 | unsatisfiable
                    §5.2.1.7 | MAY  | it takes what is validated meanwhile                | max-age=60, stale-while-revalidate=5 | Cache-Control: only-if-cached | 60000 | reuse and revalidate
                    §5.2.3   | MUST | unknown directives do not matter                    | max-age=60 | Cache-Control: foo=1          | 0     | reuse
                    RFC 5861 §4 | MAY | stale-if-error does not take it from the cache    | max-age=60 | Cache-Control: stale-if-error=5 | 60000 | validate stale
                    §5.4     | MAY  | Pragma: no-cache takes nothing                      | max-age=60 | Pragma: no-cache              | 0     | validate request
                    §5.4     | MAY  | in any case and among others                        | max-age=60 | Pragma: a, No-Cache           | 0     | validate request
                    §5.4     | MAY  | another Pragma does not matter                      | max-age=60 | Pragma: foo                   | 0     | reuse
                    §5.4     | MAY  | Pragma does not count beside Cache-Control          | max-age=60 | Pragma: no-cache & Cache-Control: max-age=10 | 0 | reuse
                    §4.3.2   | MUST | If-Match is for the origin                          | max-age=60 | If-Match: "a"                 | 0     | forward request
                    §4.3.2   | MUST | If-Unmodified-Since is for the origin               | max-age=60 | If-Unmodified-Since: {0}      | 0     | forward request
                    §4.3.2   | MUST | If-None-Match is for the cache                      | max-age=60 | If-None-Match: "a"            | 0     | reuse
                    §4.3.2   | MUST | If-Modified-Since is for the cache                  | max-age=60 | If-Modified-Since: {0}        | 0     | reuse
                    §4.3.2   | MUST | If-Range is for the cache                           | max-age=60 | If-Range: "a" & Range: bytes=0-1 | 0  | reuse
                    §3.5     | MAY  | Authorization takes what was shared                 | max-age=60 | Authorization: Basic eA==     | 0     | reuse
                    """)
    void requestSaysWhatItTakes(
            String section,
            String level,
            String sentence,
            String cacheControl,
            String request,
            long age,
            String decision) {
        assertThat(decision("Cache-Control: " + cacheControl, request, age)).isEqualTo(decision);
    }

    private static String decision(String stored, String request, long age) {
        List<StoredResponse> all = List.of(response(stored).stored(1, get("")));
        return text(ReuseRules.decide(get(request), all, T + age));
    }

    @Test
    void withoutAnythingStoredTheOriginAnswers() {
        assertThat(text(ReuseRules.decide(get(""), List.of(), T))).isEqualTo("forward uri-miss");
        assertThat(text(ReuseRules.decide(get("Cache-Control: only-if-cached"), List.of(), T)))
                .isEqualTo("unsatisfiable");
    }

    @Test
    void withoutOneForRequestsLikeThisTheOriginAnswers() {
        List<StoredResponse> other =
                List.of(response("Cache-Control: max-age=60 & Vary: A").stored(1, get("A: 1")));
        assertThat(text(ReuseRules.decide(get("A: 2"), other, T))).isEqualTo("forward vary-miss");
        assertThat(text(ReuseRules.decide(get("A: 2 & Cache-Control: only-if-cached"), other, T)))
                .isEqualTo("unsatisfiable");
    }

    @Test
    void entityTagsOfOtherVariantsAreOffered() {
        List<StoredResponse> others = List.of(
                response("ETag: \"a\" & Vary: A").stored(1, get("A: 1")),
                response("Vary: A").stored(2, get("A: 2")),
                response("ETag: \"c\" & Vary: A").stored(3, get("A: 3")));
        ReuseDecision.Validate validation = (ReuseDecision.Validate) ReuseRules.decide(get("A: 4"), others, T);
        assertThat(validation.selected()).isNull();
        assertThat(validation.candidates()).containsExactly(others.get(0), others.get(2));
        assertThat(validation.reason()).isEqualTo(ForwardReason.VARY_MISS);
    }

    @Test
    void whatHasNoEntityTagIsValidatedAlone() {
        List<StoredResponse> all =
                stored("ETag: \"a\" & Date: {-10} // Last-Modified: {-20} & Cache-Control: max-age=0");
        ReuseDecision.Validate validation = (ReuseDecision.Validate) ReuseRules.decide(get(""), all, T);
        assertThat(validation.selected()).isEqualTo(all.get(1));
        assertThat(validation.candidates()).containsExactly(all.get(1));
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    RFC 5861 §4 | MAY  | stale-if-error answers from the moment it is stale | max-age=60, stale-if-error=5 | X: y  | 60000 | true
                    RFC 5861 §4 | MAY  | to the end of its window                         | max-age=60, stale-if-error=5 | X: y  | 64999 | true
                    RFC 5861 §4 | MUST NOT | and not longer                               | max-age=60, stale-if-error=5 | X: y  | 65000 | false
                    RFC 5861 §4 | MAY  | what is fresh answers                            | max-age=60                   | X: y  | 59999 | true
                    §4.2.4   | MUST NOT | what is stale does not without it               | max-age=60                   | X: y  | 60000 | false
                    RFC 5861 §4 | MAY  | the request's stale-if-error                     | max-age=60                   | Cache-Control: stale-if-error=5 | 64999 | true
                    RFC 5861 §4 | MUST NOT | and not longer than that                     | max-age=60                   | Cache-Control: stale-if-error=5 | 65000 | false
                    RFC 5861 §4 | MAY  | of two the longer one                            | max-age=60, stale-if-error=5 | Cache-Control: stale-if-error=1 | 64999 | true
                    RFC 5861 §4 | MAY  | stale-while-revalidate is another window         | max-age=60, stale-while-revalidate=5 | X: y | 60000 | false
                    §5.2.2.2 | MUST NOT | must-revalidate forbids it                      | max-age=60, stale-if-error=5, must-revalidate | X: y | 60000 | false
                    §5.2.2.8 | MUST NOT | proxy-revalidate forbids it                     | max-age=60, stale-if-error=5, proxy-revalidate | X: y | 60000 | false
                    §5.2.2.10| MUST NOT | s-maxage forbids it                             | s-maxage=60, stale-if-error=5 | X: y | 60000 | false
                    §5.2.2.4 | MUST NOT | no-cache forbids it                             | no-cache, stale-if-error=5   | X: y  | 0     | false
                    §5.2.1.4 | MAY  | the request's no-cache forbids it                   | max-age=60, stale-if-error=5 | Cache-Control: no-cache | 60000 | false
                    §5.2.1.4 | MAY  | it forbids what is fresh, too                       | max-age=60                   | Cache-Control: no-cache | 0 | false
                    §5.4     | MAY  | so does Pragma                                      | max-age=60, stale-if-error=5 | Pragma: no-cache | 60000 | false
                    """)
    void staleResponsesAnswerInPlaceOfErrors(
            String section,
            String level,
            String sentence,
            String cacheControl,
            String request,
            long age,
            boolean reused) {
        StoredResponse stored = response("Cache-Control: " + cacheControl).stored(1, get(""));
        assertThat(ReuseRules.mayReuseOnError(get(request), stored, false, T + age))
                .isEqualTo(reused);
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    §4.2.4   | MAY  | a disconnected cache answers for a day              | X=                      | max-age=60 | 86459999 | true
                    §4.2.4   | MAY  | and not longer                                      | X=                      | max-age=60 | 86460000 | false
                    rule     | MAY  | or as long as the rule says                         | stale-if-unreachable=5  | max-age=60 | 64999    | true
                    rule     | MAY  | and not longer than that                            | stale-if-unreachable=5  | max-age=60 | 65000    | false
                    RFC 5861 §4 | MAY | a longer stale-if-error counts                    | stale-if-unreachable=5  | max-age=60, stale-if-error=9 | 68999 | true
                    rule     | MAY  | 0 forbids it                                        | stale-if-unreachable=0  | max-age=60 | 60000    | false
                    §5.2.2.2 | MUST NOT | must-revalidate forbids it                      | X=                      | max-age=60, must-revalidate | 60000 | false
                    §5.2.2.8 | MUST NOT | proxy-revalidate forbids it                     | X=                      | max-age=60, proxy-revalidate | 60000 | false
                    §5.2.2.10| MUST NOT | s-maxage forbids it                             | X=                      | s-maxage=60 | 60000   | false
                    §5.2.2.4 | MUST NOT | no-cache forbids it                             | X=                      | max-age=60, no-cache | 0 | false
                    """)
    void staleResponsesAnswerInPlaceOfAnUnreachableOrigin(
            String section, String level, String sentence, String rule, String cacheControl, long age, boolean reused) {
        StoredResponse stored = response("Cache-Control: " + cacheControl).stored(1, get(""));
        assertThat(ReuseRules.mayReuseOnError(request("GET", "", rule(rule)), stored, true, T + age))
                .isEqualTo(reused);
    }

    private static String text(ReuseDecision decision) {
        return decision.fold(new ReuseDecision.Handler<>() {
            @Override
            public String reuse(ReuseDecision.Reuse reuse) {
                return "reuse";
            }

            @Override
            public String reuseAndRevalidate(ReuseDecision.ReuseAndRevalidate reuse) {
                return "reuse and revalidate";
            }

            @Override
            public String validate(ReuseDecision.Validate validate) {
                return "validate " + validate.reason().token();
            }

            @Override
            public String forward(ReuseDecision.Forward forward) {
                return "forward " + forward.reason().token();
            }

            @Override
            public String unsatisfiable(ReuseDecision.Unsatisfiable unsatisfiable) {
                return "unsatisfiable";
            }
        });
    }
}
