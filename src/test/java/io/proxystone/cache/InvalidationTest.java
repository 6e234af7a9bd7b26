package io.proxystone.cache;

import static io.proxystone.cache.Given.response;
import static org.assertj.core.api.Assertions.assertThat;

import io.proxystone.http.Fields;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What requests make invalid (RFC 9111 §4.4). Everything is about http://a.example/b/c?d. */
class InvalidationTest {
    private static final CacheTarget TARGET = new CacheTarget("http", "a.example", "/b/c", "d");
    private static final String OWN = "http://a.example/b/c?d";

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    §4.4 | MUST | POST                           | POST    | 200 | true
                    §4.4 | MUST | PUT                            | PUT     | 204 | true
                    §4.4 | MUST | DELETE                         | DELETE  | 200 | true
                    §4.4 | MUST | PATCH                          | PATCH   | 200 | true
                    §4.4 | MUST | a method nobody knows          | FOO     | 200 | true
                    §4.4 | MUST | methods are case-sensitive     | get     | 200 | true
                    §4.4 | MUST | the first status               | POST    | 200 | true
                    §4.4 | MUST | a redirection is no error      | POST    | 303 | true
                    §4.4 | MUST | a status nobody knows, either  | POST    | 399 | true
                    §4.4 | MAY  | an error of the client changes nothing | POST | 400 | false
                    §4.4 | MAY  | nor one of the server          | POST    | 500 | false
                    §4.4 | MAY  | nor an interim response        | POST    | 199 | false
                    §4.4 | MAY  | GET is safe                    | GET     | 200 | false
                    §4.4 | MAY  | HEAD is safe                   | HEAD    | 200 | false
                    §4.4 | MAY  | OPTIONS is safe                | OPTIONS | 200 | false
                    §4.4 | MAY  | TRACE is safe                  | TRACE   | 200 | false
                    §4.4 | MAY  | QUERY is safe                  | QUERY   | 200 | false
                    """)
    void unsafeMethodsThatSucceedInvalidateTheirTarget(
            String section, String level, String sentence, String method, int status, boolean invalid) {
        assertThat(invalid(method, status, "Location: /x"))
                .isEqualTo(invalid ? List.of(OWN, "http://a.example/x") : List.of());
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    §4.4 | MAY  | an absolute path                           | Location: /x?y                     | http://a.example/x?y
                    §4.4 | MAY  | a relative one                             | Location: x                        | http://a.example/b/x
                    §4.4 | MAY  | a level up                                 | Location: ../x                     | http://a.example/x
                    §4.4 | MAY  | a query alone                              | Location: ?x=1                     | http://a.example/b/c?x=1
                    §4.4 | MAY  | a whole URI of the same origin             | Location: http://a.example/x       | http://a.example/x
                    §4.4 | MAY  | whose host is written otherwise            | Location: http://A.Example:80/x    | http://a.example/x
                    §4.4 | MAY  | whose scheme is written otherwise          | Location: HTTP://a.example/x       | http://a.example/x
                    §4.4 | MAY  | without a path                             | Location: http://a.example         | http://a.example/
                    §4.4 | MAY  | a fragment does not count                  | Location: /x#y                     | http://a.example/x
                    §4.4 | MAY  | a URI without scheme                       | Location: //a.example/x            | http://a.example/x
                    §4.4 | MAY  | Content-Location, too                      | Content-Location: /x               | http://a.example/x
                    §4.4 | MAY  | both                                       | Content-Location: /x & Location: /y | http://a.example/y http://a.example/x
                    §4.4 | MAY  | the same in both                           | Content-Location: /x & Location: /x | http://a.example/x
                    §4.4 | MAY  | its own URI                                | Content-Location: /b/c?d           | ''
                    §4.4 | MUST NOT | another host                           | Location: http://b.example/x       | ''
                    §4.4 | MUST NOT | another host without scheme            | Location: //b.example/x            | ''
                    §4.4 | MUST NOT | another port                           | Location: http://a.example:81/x    | ''
                    §4.4 | MUST NOT | another scheme                         | Location: https://a.example/x      | ''
                    §4.4 | MUST NOT | another scheme with its port           | Location: https://a.example:80/x   | ''
                    §4.4 | MUST NOT | a longer host                          | Location: http://a.example.evil/x  | ''
                    §4.4 | MUST NOT | a user before another host             | Location: http://a.example@b.example/x | ''
                    §4.4 | MUST NOT | another host in Content-Location       | Content-Location: http://b.example/x | ''
                    §4.4 | MAY  | what is no URI                             | Location: http://[x/               | ''
                    §4.4 | MAY  | what has a space                           | Location: /x y                     | ''
                    §4.4 | MAY  | a URI without a host                       | Location: mailto:x                 | ''
                    """)
    void ofTheSameOriginAlsoWhatLocationNames(
            String section, String level, String sentence, String fields, String others) {
        List<String> invalid = invalid("POST", 201, fields);
        assertThat(invalid.get(0)).isEqualTo(OWN);
        assertThat(invalid.subList(1, invalid.size())).isEqualTo(Given.words(others));
    }

    @Test
    void ofATargetWithoutHostOnlyTheTarget() {
        CacheTarget target = new CacheTarget("http", "", "/b", null);
        assertThat(Invalidation.of(
                        "POST", target, response("Location: http://a.example/x").head()))
                .containsExactly(target);
    }

    /** As the keys they are stored under. */
    private static List<String> invalid(String method, int status, String fields) {
        return Invalidation.of(method, TARGET, response(fields).status(status).head()).stream()
                .map(target -> CacheSettings.DEFAULT.keyOf(target, Fields.EMPTY).text())
                .collect(Collectors.toList());
    }
}
