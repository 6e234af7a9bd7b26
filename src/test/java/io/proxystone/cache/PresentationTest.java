package io.proxystone.cache;

import static io.proxystone.cache.Given.T;
import static io.proxystone.cache.Given.get;
import static io.proxystone.cache.Given.lines;
import static io.proxystone.cache.Given.request;
import static io.proxystone.cache.Given.response;
import static io.proxystone.cache.Given.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.proxystone.http.FieldName;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a stored response of ten octets answers (RFC 9110 §13.2.2, §14, §15). Rows without RFC are of RFC 9110. */
class PresentationTest {
    private static final String STORED = "ETag: \"a\" & Last-Modified: {-20} & Content-Type: text/plain & Date: {0}";

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    §13.2.2 | MUST | without conditions it is the whole               | X: y                                             | 200 0-9
                    §13.1.2 | MUST | If-None-Match with its tag                       | If-None-Match: "a"                               | 304
                    §13.1.2 | MUST | weakly, too                                      | If-None-Match: W/"a"                             | 304
                    §13.1.2 | MUST | among others                                     | If-None-Match: "b", "a"                          | 304
                    §13.1.2 | MUST | on another line                                  | If-None-Match: "b" & If-None-Match: "a"          | 304
                    §13.1.2 | MUST | a star                                           | If-None-Match: *                                 | 304
                    §13.1.2 | MUST | with another tag it is the whole                 | If-None-Match: "b"                               | 200 0-9
                    §13.1.3 | MUST | If-Modified-Since with its time                  | If-Modified-Since: {-20}                         | 304
                    §13.1.3 | MUST | with a later one                                 | If-Modified-Since: {-19}                         | 304
                    §13.1.3 | MUST | with an earlier one it is the whole              | If-Modified-Since: {-21}                         | 200 0-9
                    §13.1.3 | MUST | what is no date is ignored                       | If-Modified-Since: a                             | 200 0-9
                    §13.2.2 | MUST | If-None-Match before If-Modified-Since: the tag differs | If-None-Match: "b" & If-Modified-Since: {0} | 200 0-9
                    §13.2.2 | MUST | If-None-Match before If-Modified-Since: the time differs | If-None-Match: "a" & If-Modified-Since: {-99} | 304
                    §13.2.2 | MUST | 304 before ranges                                | If-None-Match: "a" & Range: bytes=0-1            | 304
                    §13.2.2 | MUST | 304 before 416                                   | If-None-Match: "a" & Range: bytes=10-            | 304
                    §13.2.2 | MUST | a range if no condition holds                    | If-None-Match: "b" & Range: bytes=0-1            | 206 0-1
                    §14.2   | MAY  | a range                                          | Range: bytes=2-5                                 | 206 2-5
                    §14.2   | MAY  | an open one                                      | Range: bytes=2-                                  | 206 2-9
                    §14.2   | MAY  | one that ends behind the end                     | Range: bytes=2-99                                | 206 2-9
                    §14.2   | MAY  | one octet                                        | Range: bytes=9-9                                 | 206 9-9
                    §14.2   | MAY  | all                                              | Range: bytes=0-                                  | 206 0-9
                    §14.1.2 | MAY  | the last ones                                    | Range: bytes=-3                                  | 206 7-9
                    §14.1.2 | MAY  | more last ones than there are                    | Range: bytes=-99                                 | 206 0-9
                    §14.2   | MAY  | several that are one                             | Range: bytes=0-3,2-5                             | 206 0-5
                    §14.2   | MAY  | of several the one that there is                 | Range: bytes=2-3,10-11                           | 206 2-3
                    §14.2   | MUST | another unit is ignored                          | Range: lines=0-1                                 | 200 0-9
                    §14.2   | MAY  | a malformed one is ignored                       | Range: bytes=a-b                                 | 200 0-9
                    §14.2   | MAY  | one whose end is before its start is ignored     | Range: bytes=5-2                                 | 200 0-9
                    §15.5.17| MAY  | one behind the end                               | Range: bytes=10-                                 | 416
                    §15.5.17| MAY  | the last none                                    | Range: bytes=-0                                  | 416
                    §13.1.5 | MUST | If-Range with its tag                            | If-Range: "a" & Range: bytes=0-1                 | 206 0-1
                    §13.1.5 | MUST | with another tag the range is ignored            | If-Range: "b" & Range: bytes=0-1                 | 200 0-9
                    §13.1.5 | MUST | even if there is no such range                   | If-Range: "b" & Range: bytes=10-                 | 200 0-9
                    §13.1.5 | MUST | with its tag there is no such range              | If-Range: "a" & Range: bytes=10-                 | 416
                    §13.1.5 | MUST | it compares strongly                             | If-Range: W/"a" & Range: bytes=0-1               | 200 0-9
                    §13.1.5 | MUST | If-Range with its time                           | If-Range: {-20} & Range: bytes=0-1               | 206 0-1
                    §13.1.5 | MUST | with another time, even a later one              | If-Range: {-19} & Range: bytes=0-1               | 200 0-9
                    §13.1.5 | MUST | what is neither tag nor date                     | If-Range: a & Range: bytes=0-1                   | 200 0-9
                    §13.1.5 | MUST | without a range it is ignored                    | If-Range: "b"                                    | 200 0-9
                    §13.2.2 | MUST | If-None-Match, then If-Range                     | If-None-Match: "b" & If-Range: "b" & Range: bytes=0-1 | 200 0-9
                    """)
    void conditionsAndRangesDecideWhatIsSent(
            String section, String level, String sentence, String request, String sent) {
        assertThat(sent(presentation(response(STORED), request))).isEqualTo(sent);
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    §13.2.1 | MUST | conditions do not count for an error             | 404 | ETag: "a"    | If-None-Match: "a"       | 404 0-9
                    §14.2   | MUST | nor do ranges                                    | 404 | ETag: "a"    | Range: bytes=0-1         | 404 0-9
                    §13.2.1 | MUST | nor for a redirection                            | 301 | ETag: "a"    | If-None-Match: *         | 301 0-9
                    RFC 9111 §4.3.2 | MUST | Date stands in for Last-Modified         | 200 | Date: {-5}   | If-Modified-Since: {-5}  | 304
                    RFC 9111 §4.3.2 | MUST | also if it is later                      | 200 | Date: {-5}   | If-Modified-Since: {-6}  | 200 0-9
                    RFC 9111 §4.3.2 | MUST | without Date, when it came               | 200 | X: y         | If-Modified-Since: {0}   | 304
                    RFC 9111 §4.3.2 | MUST | without Date, before it came             | 200 | X: y         | If-Modified-Since: {-1}  | 200 0-9
                    §13.1.2 | MUST | a star without a tag                             | 200 | X: y         | If-None-Match: *         | 304
                    §13.1.5 | MUST | a weak tag is never for ranges                   | 200 | ETag: W/"a"  | If-Range: W/"a" & Range: bytes=0-1 | 200 0-9
                    §8.8.2.2| MUST | a time is weak in the second it was modified in  | 200 | Last-Modified: {-5} & Date: {-5} | If-Range: {-5} & Range: bytes=0-1 | 200 0-9
                    §8.8.2.2| MUST | it is strong a second later                      | 200 | Last-Modified: {-5} & Date: {-4} | If-Range: {-5} & Range: bytes=0-1 | 206 0-1
                    §8.8.2.2| MUST | it is weak before                                | 200 | Last-Modified: {-5} & Date: {-6} | If-Range: {-5} & Range: bytes=0-1 | 200 0-9
                    """)
    void whatIsStoredDecidesWhetherConditionsCount(
            String section, String level, String sentence, int status, String stored, String request, String sent) {
        assertThat(sent(presentation(response(stored).status(status), request))).isEqualTo(sent);
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    §14.2   | MUST | ranges are for GET alone                         | HEAD  | Range: bytes=0-1      | 200
                    §9.3.2  | MUST | HEAD has no content                              | HEAD  | X: y                  | 200
                    §13.2.1 | MUST | conditions are for HEAD, too                     | HEAD  | If-None-Match: "a"    | 304
                    §13.1.3 | MUST | If-Modified-Since is not for POST                | POST  | If-Modified-Since: {0} | 200 0-9
                    §13.1.2 | MUST | no 304 answers POST                              | POST  | If-None-Match: "a"    | 200 0-9
                    §14.2   | MUST | QUERY has no ranges                              | QUERY | Range: bytes=0-1      | 200 0-9
                    """)
    void methodDecidesWhatIsSent(
            String section, String level, String sentence, String method, String request, String sent) {
        CacheRequest asked = request(method, request, CacheRule.DEFAULT);
        assertThat(sent(presentation(response(STORED), asked, T))).isEqualTo(sent);
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    §15.3.1 | MUST | the whole has what is stored            | GET  | X: y               | ETag: "a" & Last-Modified: {-20} & Content-Type: text/plain & Date: {0} & Age: 0
                    §9.3.2  | MAY  | HEAD tells the length of the whole      | HEAD | X: y               | ETag: "a" & Last-Modified: {-20} & Content-Type: text/plain & Date: {0} & Age: 0 & Content-Length: 10
                    §15.4.5 | SHOULD NOT | 304 says nothing about the content | GET  | If-None-Match: "a" | ETag: "a" & Last-Modified: {-20} & Date: {0} & Age: 0
                    §15.3.7 | MUST | a part says where it belongs            | GET  | Range: bytes=2-5   | ETag: "a" & Last-Modified: {-20} & Content-Type: text/plain & Date: {0} & Content-Range: bytes 2-5/10 & Age: 0
                    §15.5.17| SHOULD | 416 tells the length                  | GET  | Range: bytes=10-   | Content-Range: bytes */10 & Age: 0
                    """)
    void fieldsAreThoseOfTheAnswer(
            String section, String level, String sentence, String method, String request, String fields) {
        Presentation presentation = presentation(response(STORED), request(method, request, CacheRule.DEFAULT), T);
        assertThat(lines(presentation.fields()).replaceFirst(" & Cache-Status: proxy-stone;hit[^&]*?(?= &|$)", ""))
                .isEqualTo(text(fields));
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    §15.4.5 | MUST | Content-Location  | Content-Location: /a
                    §15.4.5 | MUST | Date              | Date: {-5}
                    §15.4.5 | MUST | ETag              | ETag: "a"
                    §15.4.5 | MUST | Vary              | Vary: A
                    §15.4.5 | MUST | Cache-Control     | Cache-Control: max-age=60
                    §15.4.5 | MUST | Expires           | Expires: {60}
                    """)
    void notModifiedAndPartsHaveTheFieldsThatUpdateAStoredResponse(
            String section, String level, String sentence, String field) {
        for (String request : new String[] {"If-None-Match: *", "Range: bytes=0-1", "Range: bytes=0-1,4-5"}) {
            assertThat(lines(presentation(response(field), request).fields())).contains(text(field));
        }
    }

    @Test
    void ageIsThatOfTheMoment() {
        Given.Response stored = response("Cache-Control: max-age=60 & Age: 3");
        assertThat(presentation(stored, get(""), T + 10_999).fields().all(FieldName.AGE))
                .containsExactly("13");
        assertThat(presentation(stored, get("Range: bytes=0-1"), T + 11_000)
                        .fields()
                        .all(FieldName.AGE))
                .containsExactly("14");
    }

    @Test
    void whatComesFromTheOriginJustNowHasNoAge() {
        StoredHead head = response("Cache-Control: max-age=60").storedHead(1, get(""));
        CacheStatus forwarded = CacheStatus.forwarded(ForwardReason.URI_MISS, 200, Given.KEY, "");
        assertThat(Presentation.of(get(""), head, forwarded, T).fields().contains(FieldName.AGE))
                .isFalse();
        StoredHead older = response("Cache-Control: max-age=60 & Age: 3").storedHead(1, get(""));
        assertThat(Presentation.of(get(""), older, forwarded, T).fields().all(FieldName.AGE))
                .containsExactly("3");
        CacheStatus collapsed = new CacheStatus(ForwardReason.URI_MISS, 200, null, false, true, Given.KEY, "");
        assertThat(Presentation.of(get(""), head, collapsed, T).fields().all(FieldName.AGE))
                .as("another request's response is reused")
                .containsExactly("0");
    }

    @Test
    void severalRangesAreTheirOwnParts() {
        Presentation presentation =
                presentation(response("Content-Type: text/plain & Content-Language: de"), "Range: bytes=0-1,4-5,-1");
        assertThat(presentation.status()).isEqualTo(206);
        assertThat(presentation.fields().contains(FieldName.CONTENT_RANGE))
                .as("§15.3.7.2 MUST NOT")
                .isFalse();
        String type = presentation.fields().all(FieldName.CONTENT_TYPE).get(0);
        assertThat(type).startsWith("multipart/byteranges; boundary=");
        String boundary = type.substring(type.indexOf('=') + 1);
        assertThat(content(presentation, "0123456789"))
                .isEqualTo("""
                --B
                Content-Type: text/plain
                Content-Range: bytes 0-1/10

                01
                --B
                Content-Type: text/plain
                Content-Range: bytes 4-5/10

                45
                --B
                Content-Type: text/plain
                Content-Range: bytes 9-9/10

                9
                --B--
                """.replace("\n", "\r\n").replace("B", boundary));
        assertThat(presentation.size())
                .isEqualTo(content(presentation, "0123456789").length());
    }

    @Test
    void partsOfWhatHasNoTypeHaveNone() {
        Presentation presentation = presentation(response("X: y"), "Range: bytes=0-1,4-5");
        assertThat(content(presentation, "0123456789")).doesNotContain("Content-Type");
    }

    @Test
    void rangesOfUnknownOrNoLength() {
        assertThat(presentation(response("X: y").octets(-1), "Range: bytes=0-1").status())
                .isEqualTo(200);
        Presentation none = presentation(response("X: y").octets(0), "Range: bytes=0-");
        assertThat(none.status()).isEqualTo(416);
        assertThat(none.fields().all(FieldName.CONTENT_RANGE)).containsExactly("bytes */0");
    }

    @Test
    void headTellsNoLengthThatIsNotKnownOrMustNotBe() {
        CacheRequest head = request("HEAD", "", CacheRule.DEFAULT);
        assertThat(presentation(response("X: y").octets(-1), head, T).fields().contains(FieldName.CONTENT_LENGTH))
                .isFalse();
        assertThat(presentation(response("X: y").status(204).octets(0), head, T)
                        .fields()
                        .contains(FieldName.CONTENT_LENGTH))
                .as("RFC 9110 §8.6 MUST NOT")
                .isFalse();
    }

    private static Presentation presentation(Given.Response stored, String request) {
        return presentation(stored, get(request), T);
    }

    private static Presentation presentation(Given.Response stored, CacheRequest request, long now) {
        StoredHead head = stored.storedHead(1, get(""));
        return Presentation.of(request, head, CacheStatus.hit(Given.KEY, head, now), now);
    }

    /** The status and the octets of the content, such as {@code 206 0-1}. */
    private static String sent(Presentation presentation) {
        StringBuilder sent = new StringBuilder().append(presentation.status());
        for (Presentation.Part part : presentation.parts()) {
            sent.append(' ').append(part.first()).append('-').append(part.first() + part.length() - 1);
        }
        return sent.toString();
    }

    private static String content(Presentation presentation, String octets) {
        StringBuilder content = new StringBuilder();
        for (Presentation.Part part : presentation.parts()) {
            content.append(new String(part.before(), StandardCharsets.ISO_8859_1))
                    .append(octets, (int) part.first(), (int) (part.first() + part.length()));
        }
        return content.toString();
    }
}
