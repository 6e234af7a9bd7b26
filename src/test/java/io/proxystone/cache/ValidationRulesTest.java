package io.proxystone.cache;

import static io.proxystone.cache.Given.T;
import static io.proxystone.cache.Given.fields;
import static io.proxystone.cache.Given.get;
import static io.proxystone.cache.Given.lines;
import static io.proxystone.cache.Given.response;
import static io.proxystone.cache.Given.stored;
import static io.proxystone.cache.Given.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.proxystone.cache.ReuseDecision.Validate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How stored responses are validated (RFC 9111 §4.3). Stored responses have // between them; the last one is selected. */
class ValidationRulesTest {

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    §4.3.1 | MUST | the entity tag is sent                           | ETag: "a"                           | X: y | X: y & If-None-Match: "a"
                    §4.3.1 | MUST | a weak one, too                                  | ETag: W/"a"                         | X: y | X: y & If-None-Match: W/"a"
                    §4.3.1 | SHOULD | Last-Modified is sent                          | Last-Modified: {-20}                | X: y | X: y & If-Modified-Since: {-20}
                    §4.3.1 | SHOULD | both are sent                                  | ETag: "a" & Last-Modified: {-20}    | X: y | X: y & If-None-Match: "a" & If-Modified-Since: {-20}
                    §4.3.1 | MUST | without a validator there is no condition        | X: 1                                | X: y | X: y
                    §4.3.1 | MAY  | the tags of the other responses are sent, too    | ETag: "b" // ETag: "a"              | X: y | X: y & If-None-Match: "b", "a"
                    §4.3.1 | MAY  | each once                                        | ETag: "a" // ETag: "b" // ETag: "a" | X: y | X: y & If-None-Match: "a", "b"
                    §4.3.1 | MUST | not their Last-Modified                          | ETag: "b" & Last-Modified: {-9} // ETag: "a" | X: y | X: y & If-None-Match: "b", "a"
                    §4.3.1 | MUST | what the client has does not count               | ETag: "a"                           | If-None-Match: "c" & X: y & If-Modified-Since: {-1} | X: y & If-None-Match: "a"
                    §4.3.1 | MUST | nor does its range: the whole is wanted          | ETag: "a"                           | Range: bytes=0-1 & If-Range: "a" & X: y | X: y & If-None-Match: "a"
                    """)
    void validatorsOfWhatIsStoredAreSent(
            String section, String level, String sentence, String stored, String request, String sent) {
        assertThat(lines(ValidationRules.conditions(fields(request), validation(stored))))
                .isEqualTo(text(sent));
    }

    @Test
    void conditionsAndRangesCanBeTakenAway() {
        String request = "If-None-Match: \"a\" & X: y & If-Modified-Since: {0} & Range: bytes=0-1 & If-Range: \"a\"";
        assertThat(lines(ValidationRules.unconditional(fields(request)))).isEqualTo("X: y");
        assertThat(lines(ValidationRules.unconditional(fields("X: y & If-Match: \"a\""))))
                .isEqualTo("X: y & If-Match: \"a\"");
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    §4.3.4 | MUST | the same strong tag                                  | ETag: "a"                  | ETag: "a"            | 1
                    §4.3.4 | MUST NOT | another strong tag                               | ETag: "a"                  | ETag: "b"            | 0
                    §4.3.4 | MUST | of another stored response                           | ETag: "b" // ETag: "a"     | ETag: "b"            | 1
                    §4.3.4 | MUST | the selected one if its tag is that                  | ETag: "a" // ETag: "a"     | ETag: "a"            | 2
                    §4.3.4 | MUST | else the most recent with that tag                   | ETag: "b" // ETag: "b" // ETag: "a" | ETag: "b"   | 2
                    §4.3.4 | MUST | a weak tag matches weakly                            | ETag: "a"                  | ETag: W/"a"          | 1
                    §4.3.4 | MUST | a weak tag matches a weak one                        | ETag: W/"a"                | ETag: W/"a"          | 1
                    §4.3.4 | MUST NOT | a strong tag is not the weak one that is stored  | ETag: W/"a"                | ETag: "a"            | 0
                    §4.3.4 | MUST | unless it was modified at the same time              | ETag: W/"a" & Last-Modified: {-20} | ETag: "a" & Last-Modified: {-20} | 1
                    §4.3.4 | MUST NOT | the same time does not make up for another tag   | ETag: "a" & Last-Modified: {-20} | ETag: "b" & Last-Modified: {-20} | 0
                    §4.3.4 | MUST | the same tag makes up for another time               | ETag: "a" & Last-Modified: {-20} | ETag: "a" & Last-Modified: {-10} | 1
                    §4.3.4 | MUST NOT | a tag where none is stored                       | Last-Modified: {-20}       | ETag: "a"            | 0
                    §4.3.4 | MUST NOT | nor where the time is another one                | Last-Modified: {-20}       | ETag: "a" & Last-Modified: {-30} | 0
                    §4.3.4 | MUST | but where the time is the same                       | Last-Modified: {-20}       | ETag: "a" & Last-Modified: {-20} | 1
                    §4.3.4 | MUST | what is no tag matches its own text                  | ETag: a                    | ETag: a              | 1
                    §4.3.4 | MUST NOT | and nothing else                                 | ETag: "a"                  | ETag: a              | 0
                    §4.3.4 | MUST | without a tag, the same time                         | Last-Modified: {-20}       | Last-Modified: {-20} | 1
                    §4.3.4 | MUST NOT | without a tag, another time                      | Last-Modified: {-20}       | Last-Modified: {-30} | 0
                    §4.3.4 | MUST NOT | a time where none is stored                      | ETag: "a"                  | Last-Modified: {-30} | 0
                    §4.3.4 | MAY  | without a validator it is what was asked for         | ETag: "a"                  | X: y                 | 1
                    §4.3.4 | MAY  | that is the selected one                             | ETag: "b" // ETag: "a"     | X: y                 | 2
                    """)
    void notModifiedIsAboutWhatHasItsValidators(
            String section, String level, String sentence, String stored, String notModified, long id) {
        assertThat(id(ValidationRules.confirmed(
                        validation(stored), response(notModified).status(304).head())))
                .isEqualTo(id);
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    §4.1   | MUST | its tag tells which of the variants it is about      | ETag: "a" // ETag: "b"     | ETag: "a"            | 1
                    §4.3.4 | MUST NOT | without one nobody can tell                      | ETag: "a" // ETag: "b"     | X: y                 | 0
                    §4.3.4 | MUST NOT | not even by its time                             | ETag: "a" & Last-Modified: {-9} // ETag: "b" & Last-Modified: {-9} | Last-Modified: {-9} | 0
                    §4.3.4 | MAY  | unless only one was asked about                      | ETag: "a"                  | X: y                 | 1
                    """)
    void notModifiedMayBeAboutAnotherVariant(
            String section, String level, String sentence, String stored, String notModified, long id) {
        Validate validation = new Validate(null, stored(stored), ForwardReason.VARY_MISS);
        assertThat(id(ValidationRules.confirmed(
                        validation, response(notModified).status(304).head())))
                .isEqualTo(id);
    }

    private static long id(@Nullable StoredResponse response) {
        return response == null ? 0 : response.head().id();
    }

    private static Validate validation(String responses) {
        List<StoredResponse> stored = stored(responses);
        return new Validate(stored.get(stored.size() - 1), stored, ForwardReason.STALE);
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    §3.2 | MUST | new fields are added                          | A: 1                     | B: 2                       | A: 1 & B: 2 & Date: {5}
                    §3.2 | MUST | a field replaces the stored one               | A: 1 & B: 2              | a: 3                       | B: 2 & a: 3 & Date: {5}
                    §3.2 | MUST | all lines of it                               | A: 1 & A: 2              | A: 3 & A: 4                | A: 3 & A: 4 & Date: {5}
                    §3.2 | MUST | Cache-Control as a whole                      | Cache-Control: max-age=1, public | Cache-Control: max-age=2 | Cache-Control: max-age=2 & Date: {5}
                    §3.2 | MUST | the Date of the confirmation                  | Date: {-10}              | Date: {4}                  | Date: {4}
                    §3.2 | MUST | also where it has none: when it came          | Date: {-10}              | A: 1                       | A: 1 & Date: {5}
                    §3.2 | MUST | also fields about the content                 | Content-Type: a/b        | Content-Type: c/d & Content-Encoding: gzip | Content-Type: c/d & Content-Encoding: gzip & Date: {5}
                    §3.2 | MUST NOT | not Content-Length                        | A: 1                     | Content-Length: 0          | A: 1 & Date: {5}
                    §3.2 | MUST NOT | not Content-Range                         | A: 1                     | Content-Range: bytes 0-1/2 | A: 1 & Date: {5}
                    §3.1 | MUST NOT | not fields of the connection              | A: 1                     | Connection: x & X: 1 & Keep-Alive: timeout=1 & Transfer-Encoding: chunked | A: 1 & Date: {5}
                    §3.1 | MUST NOT | what it names for its connection stays as stored | X: 1              | Connection: x & X: 2       | X: 1 & Date: {5}
                    §3.1 | MAY  | Age is made anew                              | A: 1                     | Age: 3                     | A: 1 & Date: {5}
                    §5.2.2.7 | MUST NOT | fields that it names as private       | A: 1                     | Cache-Control: private="X" & X: 1 | A: 1 & Cache-Control: private="X" & Date: {5}
                    §5.2.2.7 | MUST NOT | also those that were stored           | A: 1 & X: 1              | Cache-Control: private="X" | A: 1 & Cache-Control: private="X" & Date: {5}
                    §5.2.2.7 | MUST NOT | what was private stays so             | Cache-Control: private="X" & A: 1 | X: 1              | Cache-Control: private="X" & A: 1 & Date: {5}
                    §5.2.2.4 | MUST NOT | what was not to be reused stays so    | Cache-Control: no-cache="Set-Cookie" | Set-Cookie: a=1 | Cache-Control: no-cache="Set-Cookie" & Date: {5}
                    §5.2.2.7 | MUST | unless it says otherwise now              | Cache-Control: private="X" | Cache-Control: public & X: 1 | Cache-Control: public & X: 1 & Date: {5}
                    """)
    void notModifiedReplacesFields(
            String section, String level, String sentence, String stored, String notModified, String merged) {
        StoredHead head = freshened(stored, notModified);
        assertThat(lines(head.fields())).isEqualTo(text(merged));
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    §4.3.4 | MUST | it is as old as the confirmation                | Cache-Control: max-age=60 & Age: 50 | X: y            | 0    | 60
                    §4.2.3 | MUST | whose Age counts                                | Cache-Control: max-age=60 & Age: 50 | Age: 3          | 3    | 60
                    §4.2.3 | MUST | and whose Date                                  | Cache-Control: max-age=60           | Date: {1}       | 4    | 60
                    §4.3.4 | MUST | a new lifetime counts                           | Cache-Control: max-age=60           | Cache-Control: max-age=5 | 0 | 5
                    §4.3.4 | MUST | a new one before the other old one              | Expires: {10}                       | Cache-Control: max-age=7 | 0 | 7
                    §4.3.4 | MUST | Expires that it does not renew stays            | Expires: {10} & Date: {-10}         | X: y            | 0    | 5
                    §4.2.2 | MAY  | what is guessed grows                           | Last-Modified: {-95}                | X: y            | 0    | 10
                    """)
    void notModifiedMakesFresh(
            String section, String level, String sentence, String stored, String notModified, long age, long lifetime) {
        Freshness freshness = freshened(stored, notModified).freshness();
        assertThat(freshness.ageSeconds(T + 5000)).isEqualTo(age);
        assertThat(freshness.lifetime()).isEqualTo(lifetime * 1000);
    }

    @Test
    void whatIsConfirmedStaysTheSameResponse() {
        StoredHead stored = response("ETag: \"a\" & Vary: A").status(301).storedHead(9, get("A: 1"));
        StoredHead fresh = ValidationRules.freshened(
                stored, response("ETag: \"a\"").status(304).head(), Given.rule("ttl=7"), T, T);
        assertThat(fresh.id()).isEqualTo(9);
        assertThat(fresh.status()).isEqualTo(301);
        assertThat(fresh.reason()).isEqualTo(stored.reason());
        assertThat(fresh.size()).isEqualTo(stored.size());
        assertThat(fresh.selection()).isEqualTo(stored.selection());
        assertThat(fresh.rule()).isEqualTo("r");
        assertThat(fresh.freshness().lifetime()).isEqualTo(7000);
    }

    /** What a 304 that comes at T + 5 s makes of a response stored at T. */
    private static StoredHead freshened(String stored, String notModified) {
        return ValidationRules.freshened(
                response(stored).storedHead(1, get("")),
                response(notModified).status(304).head(),
                CacheRule.DEFAULT,
                T + 5000,
                T + 5000);
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    §4.3.5 | SHOULD | the same of all                          | ETag: "a" & Last-Modified: {-9} & Content-Length: 10 | true
                    §4.3.5 | SHOULD | what it does not tell does not count     | X: y                             | true
                    §4.3.5 | MUST | another tag                                | ETag: "b"                        | false
                    §4.3.5 | MUST | a weak tag instead                         | ETag: W/"a"                      | false
                    §4.3.5 | MUST | another time                               | ETag: "a" & Last-Modified: {-8}  | false
                    §4.3.5 | MUST | another length                             | ETag: "a" & Content-Length: 11   | false
                    """)
    void headResponsesDescribeWhatIsStored(
            String section, String level, String sentence, String head, boolean describes) {
        StoredHead stored = response("ETag: \"a\" & Last-Modified: {-9}").storedHead(1, get(""));
        assertThat(ValidationRules.describes(response(head).head(), stored)).isEqualTo(describes);
    }

    @Test
    void aValidatorThatIsNotStoredIsAnother() {
        StoredHead stored = response("X: y").storedHead(1, get(""));
        assertThat(ValidationRules.describes(response("ETag: \"a\"").head(), stored))
                .isFalse();
        StoredHead unknownSize = response("X: y").octets(-1).storedHead(1, get(""));
        assertThat(ValidationRules.describes(response("Content-Length: 11").head(), unknownSize))
                .isTrue();
    }
}
