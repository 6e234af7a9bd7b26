package io.proxystone.cache;

import static io.proxystone.cache.Given.get;
import static io.proxystone.cache.Given.response;
import static io.proxystone.cache.Given.stored;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which requests a stored response is for (RFC 9111 §4.1). */
class SelectionTest {

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    §4.1 | MUST | without Vary it is for all requests                     | X: y                | A: 1               | A: 2              | true
                    §4.1 | MUST | an empty Vary names nothing                             | Vary:               | A: 1               | A: 2              | true
                    §4.1 | MUST | the same value                                          | Vary: A             | A: 1               | A: 1              | true
                    §4.1 | MUST | another value                                           | Vary: A             | A: 1               | A: 2              | false
                    §4.1 | MUST | fields that Vary does not name do not count             | Vary: A             | A: 1 & B: 1        | A: 1 & B: 2       | true
                    §4.1 | MUST | all that it names have to match                         | Vary: A, B          | A: 1 & B: 1        | A: 1 & B: 2       | false
                    §4.1 | MUST | names on several lines count                            | Vary: A & Vary: B   | A: 1 & B: 1        | A: 1 & B: 2       | false
                    §4.1 | MUST | the case of names does not                              | Vary: a             | A: 1               | a: 1              | true
                    §4.1 | MUST | absent in both                                          | Vary: A             | X: y               | X: z              | true
                    §4.1 | MUST | absent in the stored one                                | Vary: A             | X: y               | A: 1              | false
                    §4.1 | MUST | absent in the new one                                   | Vary: A             | A: 1               | X: y              | false
                    §4.1 | MUST | absent is not empty                                     | Vary: A             | A:                 | X: y              | false
                    §4.1 | MUST | empty is empty                                          | Vary: A             | A:                 | A:                | true
                    §4.1 | MAY  | several lines are one                                   | Vary: A             | A: 1 & A: 2        | A: 1, 2           | true
                    §4.1 | MUST | their order counts                                      | Vary: A             | A: 1 & A: 2        | A: 2 & A: 1       | false
                    §4.1 | MAY  | white space around commas does not count                | Vary: A             | A: 1,2             | A: 1 , 2          | true
                    §4.1 | MAY  | nor around semicolons                                   | Vary: A             | A: a;b=1           | A: a ; b=1        | true
                    §4.1 | MUST | white space elsewhere does                              | Vary: A             | A: a b             | A: ab             | false
                    §4.1 | MUST | so does white space in a quoted string                  | Vary: A             | A: "a, b"          | A: "a,b"          | false
                    §4.1 | MUST | even behind an escaped quote                            | Vary: A             | A: "\\", b"        | A: "\\",b"        | false
                    §4.1 | MUST | the case of a value counts                              | Vary: A             | A: a               | A: A              | false
                    §4.1 | MUST | also of User-Agent                                      | Vary: User-Agent    | User-Agent: a      | User-Agent: A     | false
                    §4.1 | MUST | another Cookie                                          | Vary: Cookie        | Cookie: a=1        | Cookie: a=2       | false
                    §4.1 | MUST | another Authorization                                   | Vary: Authorization | Authorization: a   | Authorization: b  | false
                    §4.1 | MAY  | the case of languages does not count                    | Vary: Accept-Language | Accept-Language: de-AT | Accept-Language: DE-at | true
                    §4.1 | MUST | but their order does                                    | Vary: Accept-Language | Accept-Language: de, en | Accept-Language: en, de | false
                    §4.1 | MUST | and their weight                                        | Vary: Accept-Language | Accept-Language: de;q=1 | Accept-Language: de;q=0.5 | false
                    """)
    void requestsMatchByTheFieldsThatVaryNames(
            String section,
            String level,
            String sentence,
            String response,
            String first,
            String second,
            boolean matches) {
        assertThat(selection(response, first).matches(get(second).fields())).isEqualTo(matches);
        assertThat(selection(response, second).matches(get(first).fields()))
                .as("the other way round")
                .isEqualTo(matches);
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    §4.1 | MAY  | the order of codings does not count      | Accept-Encoding: gzip, br     | Accept-Encoding: br, gzip          | true
                    §4.1 | MAY  | nor does their case                      | Accept-Encoding: gzip         | Accept-Encoding: GZIP              | true
                    §4.1 | MAY  | nor white space                          | Accept-Encoding: gzip,br      | Accept-Encoding: gzip ,\tbr        | true
                    §4.1 | MAY  | nor a weight of 1                        | Accept-Encoding: gzip         | Accept-Encoding: gzip;q=1.0        | true
                    §4.1 | MAY  | nor with three zeros                     | Accept-Encoding: gzip         | Accept-Encoding: gzip; Q=1.000     | true
                    §4.1 | MAY  | nor that a coding is there twice         | Accept-Encoding: gzip         | Accept-Encoding: gzip, gzip        | true
                    §4.1 | MAY  | nor several lines                        | Accept-Encoding: gzip, br     | Accept-Encoding: br & Accept-Encoding: gzip | true
                    §4.1 | MAY  | nor a coding that is refused             | Accept-Encoding: gzip         | Accept-Encoding: gzip, br;q=0      | true
                    §4.1 | MAY  | nor one refused with zeros               | Accept-Encoding: gzip         | Accept-Encoding: gzip, br;q=0.000  | true
                    §4.1 | MUST | a coding refused where * allows all does | Accept-Encoding: *            | Accept-Encoding: *, br;q=0         | false
                    §4.1 | MUST | identity refused does                    | Accept-Encoding: gzip         | Accept-Encoding: gzip, identity;q=0 | false
                    §4.1 | MUST | all others refused does                  | Accept-Encoding: gzip         | Accept-Encoding: gzip, *;q=0       | false
                    §4.1 | MUST | another weight does                      | Accept-Encoding: gzip;q=0.5   | Accept-Encoding: gzip              | false
                    §4.1 | MUST | a weight close to 0 does                 | Accept-Encoding: gzip;q=0.001 | Accept-Encoding: gzip;q=0          | false
                    §4.1 | MUST | one coding more does                     | Accept-Encoding: gzip         | Accept-Encoding: gzip, br          | false
                    §4.1 | MAY  | what is refused whole is empty           | Accept-Encoding: gzip;q=0     | Accept-Encoding:                   | true
                    RFC 9110 §12.5.3 | MUST | absent takes any coding, empty none | X: y                  | Accept-Encoding:                   | false
                    RFC 9110 §12.5.3 | MUST | absent is not gzip           | X: y                          | Accept-Encoding: gzip              | false
                    RFC 9110 §8.4.1 | MUST | x-gzip is written otherwise    | Accept-Encoding: gzip         | Accept-Encoding: x-gzip            | false
                    """)
    void acceptEncodingMatchesByWhatItMeans(
            String section, String level, String sentence, String first, String second, boolean matches) {
        Selection selection = selection("Vary: Accept-Encoding", first);
        assertThat(selection.matches(get(second).fields())).isEqualTo(matches);
        assertThat(selection.equals(selection("Vary: accept-encoding", second)))
                .as("the same class")
                .isEqualTo(matches);
    }

    private static Selection selection(String response, String request) {
        return response(response).storedHead(1, get(request)).selection();
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    §4 | MUST | of several the one with the latest Date answers        | Date: {-10} // Date: {-20}      | 1
                    §4 | MUST | in whatever order they are stored                      | Date: {-20} // Date: {-10}      | 2
                    §4 | MUST | what has no Date was made when it came                 | X: 1 // Date: {-20}             | 1
                    §4 | MUST | nor counts a Date that is none                         | Date: a // Date: {-20}          | 1
                    §4.1 | MUST | only what matches counts                             | Date: {-20} // Date: {-10} & Vary: Nothing | 2
                    """)
    void mostRecentOfThoseThatMatchIsSelected(
            String section, String level, String sentence, String responses, long id) {
        StoredResponse selected = ReuseRules.select(get(""), stored(responses));
        assertThat(selected).isNotNull().extracting(each -> each.head().id()).isEqualTo(id);
    }

    @Test
    void aMoreRecentOneForOtherRequestsIsNotSelected() {
        StoredResponse mine = response("Vary: A & Date: {-10}").stored(1, get("A: 1"));
        StoredResponse other = response("Vary: A & Date: {0}").stored(2, get("A: 2"));
        assertThat(ReuseRules.select(get("A: 1"), List.of(mine, other))).isEqualTo(mine);
        assertThat(ReuseRules.select(get("A: 3"), List.of(mine, other))).isNull();
    }
}
