package io.proxystone.cache;

import static io.proxystone.cache.Given.get;
import static io.proxystone.cache.Given.lines;
import static io.proxystone.cache.Given.request;
import static io.proxystone.cache.Given.response;
import static io.proxystone.cache.Given.rule;
import static io.proxystone.cache.Given.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.proxystone.cache.StorageDecision.Pass;
import io.proxystone.cache.StorageDecision.Store;
import io.proxystone.http.Fields;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When responses are stored, and what of them (RFC 9111 §3). Rows without RFC are of RFC 9111. */
class StorageRulesTest {

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    §3       | MAY | max-age enables to store                          | 200 | Cache-Control: max-age=60            | STORED
                    §3       | MAY | s-maxage enables to store                         | 200 | Cache-Control: s-maxage=60           | STORED
                    §3       | MAY | Expires enables to store                          | 200 | Expires: {60}                        | STORED
                    §3       | MAY | a targeted field enables to store                 | 200 | CDN-Cache-Control: max-age=60        | STORED
                    §3       | MAY | a cacheable status and a guess                    | 200 | Last-Modified: {-1000}               | STORED
                    §3       | MAY | a validator is worth it even without lifetime     | 200 | ETag: "a"                            | STORED
                    §3       | MAY | even with a lifetime of 0                         | 200 | Cache-Control: max-age=0 & ETag: "a" | STORED
                    §3       | MAY | no-cache with a validator                         | 200 | Cache-Control: no-cache & ETag: "a"  | STORED
                    §3       | MAY | no-cache with a lifetime                          | 200 | Cache-Control: no-cache, max-age=60  | STORED
                    §3       | MAY | what could never be reused is not worth it        | 200 | X: y                                 | NOT_REUSABLE
                    §3       | MAY | nor what is stale at once                         | 200 | Cache-Control: max-age=0             | NOT_REUSABLE
                    §3       | MAY | nor what has expired already                      | 200 | Expires: {-10}                       | NOT_REUSABLE
                    §3       | MAY | nor what is older than its lifetime               | 200 | Cache-Control: max-age=60 & Age: 60  | NOT_REUSABLE
                    §3       | MAY | one second younger it is                          | 200 | Cache-Control: max-age=60 & Age: 59  | STORED
                    RFC 5861 §3 | MAY | a window makes it useful                       | 200 | Cache-Control: max-age=0, stale-while-revalidate=5 | STORED
                    RFC 5861 §4 | MAY | so does the other one                          | 200 | Cache-Control: max-age=0, stale-if-error=5 | STORED
                    §5.2.2.2 | MUST NOT | unless it must be validated                  | 200 | Cache-Control: max-age=0, stale-if-error=5, must-revalidate | NOT_REUSABLE
                    §5.2.2.5 | MUST NOT | no-store                                     | 200 | Cache-Control: max-age=60, no-store  | NO_STORE
                    §5.2.2.5 | MUST NOT | no-store on another line                     | 200 | Cache-Control: max-age=60 & Cache-Control: NO-STORE | NO_STORE
                    §5.2.2.5 | MUST NOT | no-store with an argument nobody expects     | 200 | Cache-Control: max-age=60, no-store=x | NO_STORE
                    RFC 9213 §2.2 | MUST | no-store of a targeted field                | 200 | CDN-Cache-Control: no-store & Cache-Control: max-age=60 | NO_STORE
                    RFC 9213 §2.2 | MUST | a targeted field takes no-store back        | 200 | CDN-Cache-Control: max-age=60 & Cache-Control: no-store | STORED
                    RFC 9213 §2.2 | MUST | and private                                 | 200 | CDN-Cache-Control: max-age=60 & Cache-Control: private | STORED
                    §5.2.2.7 | MUST NOT | private                                      | 200 | Cache-Control: max-age=60, private   | PRIVATE
                    §5.2.2.7 | MUST NOT | private and public                           | 200 | Cache-Control: public, max-age=60, private | PRIVATE
                    §5.2.2.7 | MUST NOT | private with an empty list                   | 200 | Cache-Control: max-age=60, private="" | PRIVATE
                    §5.2.2.7 | MAY | private for a field                               | 200 | Cache-Control: max-age=60, private="X" | STORED
                    §5.2.2.9 | MAY | public alone gives no lifetime                    | 200 | Cache-Control: public                | NOT_REUSABLE
                    §5.2.2.9 | MAY | public makes a status cacheable                   | 500 | Cache-Control: public & Last-Modified: {-1000} | STORED
                    §5.2.2.3 | SHOULD | must-understand takes no-store back            | 200 | Cache-Control: max-age=60, must-understand, no-store | STORED
                    §5.2.2.3 | MUST NOT | but not for a status nobody knows            | 299 | Cache-Control: max-age=60, must-understand, no-store | NOT_UNDERSTOOD
                    §5.2.2.3 | MUST NOT | not even without no-store                    | 299 | Cache-Control: max-age=60, must-understand | NOT_UNDERSTOOD
                    §5.2.2.3 | MUST NOT | and it takes private back never              | 200 | Cache-Control: max-age=60, must-understand, private | PRIVATE
                    §5.2.2.6 | MUST | no-transform does not matter                      | 200 | Cache-Control: max-age=60, no-transform | STORED
                    §5.2.3   | MUST | unknown directives do not matter                  | 200 | Cache-Control: max-age=60, foo="no-store" | STORED
                    §4.1     | MUST | Vary: * would never match                         | 200 | Cache-Control: max-age=60 & Vary: *  | VARY
                    §4.1     | MUST | a star among names, too                           | 200 | Cache-Control: max-age=60 & Vary: A, * | VARY
                    §4.1     | MUST | a star on another line, too                       | 200 | Cache-Control: max-age=60 & Vary: A & Vary: * | VARY
                    §4.1     | MAY  | Vary with names                                   | 200 | Cache-Control: max-age=60 & Vary: A, B | STORED
                    §4.1     | MAY  | an empty Vary names nothing                       | 200 | Cache-Control: max-age=60 & Vary:    | STORED
                    """)
    void responseDecidesWhetherItIsStored(
            String section, String level, String sentence, int status, String fields, String decision) {
        assertThat(decision(response(fields).status(status).decisionFor(get(""))))
                .isEqualTo(decision);
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    §3       | MAY | a final status nobody knows, with a lifetime      | 299 | Cache-Control: max-age=60            | STORED
                    §3       | MAY | one of the server's errors, with a lifetime       | 599 | Cache-Control: max-age=60            | STORED
                    §3       | MAY | 500 with Expires                                  | 500 | Expires: {60}                        | STORED
                    §3       | MAY | 302 with a lifetime                               | 302 | Cache-Control: max-age=60            | STORED
                    §3       | MAY | 307 with a lifetime                               | 307 | Cache-Control: max-age=60            | STORED
                    §3       | MUST NOT | 299 without                                  | 299 | Last-Modified: {-1000}               | NOT_CACHEABLE
                    §3       | MUST NOT | 302 without                                  | 302 | ETag: "a"                            | NOT_CACHEABLE
                    §3       | MUST NOT | 500 without                                  | 500 | Last-Modified: {-1000}               | NOT_CACHEABLE
                    §3       | MUST NOT | 403 without                                  | 403 | ETag: "a"                            | NOT_CACHEABLE
                    §3       | MUST NOT | 201 without                                  | 201 | Last-Modified: {-1000}               | NOT_CACHEABLE
                    RFC 9110 §15.1 | MAY | 203 without                                 | 203 | Last-Modified: {-1000}               | STORED
                    RFC 9110 §15.1 | MAY | 204 without                                 | 204 | Last-Modified: {-1000}               | STORED
                    RFC 9110 §15.1 | MAY | 300 without                                 | 300 | Last-Modified: {-1000}               | STORED
                    RFC 9110 §15.1 | MAY | 301 without                                 | 301 | Last-Modified: {-1000}               | STORED
                    RFC 9110 §15.1 | MAY | 308 without                                 | 308 | Last-Modified: {-1000}               | STORED
                    RFC 9110 §15.1 | MAY | 404 without                                 | 404 | Last-Modified: {-1000}               | STORED
                    RFC 9110 §15.1 | MAY | 405 without                                 | 405 | Last-Modified: {-1000}               | STORED
                    RFC 9110 §15.1 | MAY | 410 without                                 | 410 | Last-Modified: {-1000}               | STORED
                    RFC 9110 §15.1 | MAY | 414 without                                 | 414 | Last-Modified: {-1000}               | STORED
                    RFC 9110 §15.1 | MAY | 501 without                                 | 501 | Last-Modified: {-1000}               | STORED
                    §3.3     | MUST NOT | 206 is no whole response                     | 206 | Cache-Control: max-age=60            | STATUS
                    §3       | MUST NOT | 304 is none by itself                        | 304 | Cache-Control: max-age=60            | STATUS
                    §3       | MUST NOT | 103 is not final                             | 103 | Cache-Control: max-age=60            | STATUS
                    §3       | MUST NOT | nor is an interim status nobody knows        | 199 | Cache-Control: max-age=60            | STATUS
                    """)
    void statusDecidesWhatItTakes(
            String section, String level, String sentence, int status, String fields, String decision) {
        assertThat(decision(response(fields).status(status).decisionFor(get(""))))
                .isEqualTo(decision);
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    §3       | MUST NOT | HEAD has no content to store              | HEAD   | X: y                     | Cache-Control: max-age=60 | METHOD
                    §3       | MUST NOT | POST is not understood here               | POST   | X: y                     | Cache-Control: max-age=60 | METHOD
                    §3       | MUST NOT | nor is QUERY                              | QUERY  | X: y                     | Cache-Control: max-age=60 | METHOD
                    §3       | MUST NOT | nor an unknown method                     | FOO    | X: y                     | Cache-Control: max-age=60 | METHOD
                    §3       | MUST NOT | methods are case-sensitive                | get    | X: y                     | Cache-Control: max-age=60 | METHOD
                    §5.2.1.5 | MUST NOT | the request says no-store                 | GET    | Cache-Control: no-store  | Cache-Control: max-age=60 | REQUEST_NO_STORE
                    §5.2.1.4 | MAY  | the request says no-cache                     | GET    | Cache-Control: no-cache  | Cache-Control: max-age=60 | STORED
                    §5.2.1.1 | MAY  | the request says max-age=0                    | GET    | Cache-Control: max-age=0 | Cache-Control: max-age=60 | STORED
                    §5.4     | MAY  | Pragma does not forbid to store               | GET    | Pragma: no-cache         | Cache-Control: max-age=60 | STORED
                    §3.5     | MUST NOT | Authorization forbids to share            | GET    | Authorization: Basic eA== | Cache-Control: max-age=60 | AUTHORIZATION
                    §3.5     | MUST NOT | also with Expires                         | GET    | Authorization: Basic eA== | Expires: {60}            | AUTHORIZATION
                    §3.5     | MUST NOT | also in a targeted field                  | GET    | Authorization: Basic eA== | CDN-Cache-Control: max-age=60 & Cache-Control: public | AUTHORIZATION
                    §3.5     | MAY  | public allows it                              | GET    | Authorization: Basic eA== | Cache-Control: max-age=60, public | STORED
                    §3.5     | MAY  | s-maxage allows it                            | GET    | Authorization: Basic eA== | Cache-Control: s-maxage=60 | STORED
                    §3.5     | MAY  | must-revalidate allows it                     | GET    | Authorization: Basic eA== | Cache-Control: max-age=60, must-revalidate | STORED
                    §3.5     | MUST NOT | proxy-revalidate does not                 | GET    | Authorization: Basic eA== | Cache-Control: max-age=60, proxy-revalidate | AUTHORIZATION
                    §3.5     | MUST NOT | no-cache does not                         | GET    | Authorization: Basic eA== | Cache-Control: no-cache & ETag: "a" | AUTHORIZATION
                    §3.5     | MUST NOT | an empty Authorization is one             | GET    | Authorization:            | Cache-Control: max-age=60 | AUTHORIZATION
                    §7.3     | MAY  | Cookie does not forbid to share               | GET    | Cookie: a=1              | Cache-Control: max-age=60 | STORED
                    """)
    void requestDecidesToo(
            String section,
            String level,
            String sentence,
            String method,
            String request,
            String fields,
            String decision) {
        assertThat(decision(response(fields).decisionFor(request(method, request, CacheRule.DEFAULT))))
                .isEqualTo(decision);
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    §7.3     | MAY | Set-Cookie with max-age is for one client         | X=                 | Cache-Control: max-age=60 & Set-Cookie: a=1 | SET_COOKIE
                    §7.3     | MAY | Set-Cookie with Expires too                       | X=                 | Expires: {60} & Set-Cookie: a=1             | SET_COOKIE
                    §7.3     | MAY | Set-Cookie with public is for all                 | X=                 | Cache-Control: max-age=60, public & Set-Cookie: a=1 | STORED
                    §7.3     | MAY | Set-Cookie with s-maxage too                      | X=                 | Cache-Control: s-maxage=60 & Set-Cookie: a=1 | STORED
                    §7.3     | MAY | Set-Cookie with a targeted field too              | X=                 | CDN-Cache-Control: max-age=60 & Set-Cookie: a=1 | STORED
                    §5.2.2.4 | MAY | a cookie that is not kept does not matter         | X=                 | Cache-Control: max-age=60, no-cache="Set-Cookie" & Set-Cookie: a=1 | STORED
                    §7.3     | MAY | Set-Cookie without one                            | X=                 | Last-Modified: {-1000} & Set-Cookie: a=1    | SET_COOKIE
                    §7.3     | MAY | Set-Cookie with no-cache alone                    | X=                 | Cache-Control: no-cache & ETag: "a" & Set-Cookie: a=1 | SET_COOKIE
                    §7.3     | MAY | the rule's lifetime says nothing of cookies        | ttl=60             | Set-Cookie: a=1                             | SET_COOKIE
                    rule     | MAY | Set-Cookie can be stored never                    | set-cookie=never   | Cache-Control: max-age=60 & Set-Cookie: a=1 | SET_COOKIE
                    rule     | MAY | Set-Cookie can be stored always                   | set-cookie=store   | Last-Modified: {-1000} & Set-Cookie: a=1    | STORED
                    rule     | MAY | bypass                                            | bypass             | Cache-Control: max-age=60                   | BYPASS
                    rule     | MAY | ttl enables to store                              | ttl=60             | X: y                                        | STORED
                    rule     | MUST NOT | but not against no-store                     | ttl=60             | Cache-Control: no-store                     | NO_STORE
                    rule     | MUST NOT | nor against private                          | ttl=60             | Cache-Control: private                      | PRIVATE
                    rule     | MAY | unless directives are ignored                     | ttl=60 ignore-cache-control | Cache-Control: no-store, private   | STORED
                    rule     | MUST NOT | which does not ignore Vary: *                | ttl=60 ignore-cache-control | Vary: *                            | VARY
                    rule     | MAY | min-ttl makes it useful                           | min-ttl=20         | Cache-Control: max-age=0                    | STORED
                    rule     | MAY | ttl of 0 makes it useless                         | ttl=0              | Cache-Control: max-age=60                   | NOT_REUSABLE
                    rule     | MAY | max-ttl of 0 makes it useless                     | max-ttl=0          | Cache-Control: max-age=60                   | NOT_REUSABLE
                    rule     | MAY | a window of the rule makes it useful              | stale-if-error=5   | Cache-Control: max-age=0                    | STORED
                    """)
    void rulesDecideToo(String section, String level, String sentence, String rule, String fields, String decision) {
        assertThat(decision(response(fields).under(rule(rule)).decisionFor(get(""))))
                .isEqualTo(decision);
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    RFC 9110 §9.3.3 | MAY | POST with a lifetime, where a rule caches it   | POST  | POST  | Cache-Control: max-age=60 | STORED
                    RFC 9110 §9.3.3 | MUST NOT | POST without one                          | POST  | POST  | Last-Modified: {-1000}    | NOT_CACHEABLE
                    RFC 9110 §9.3.3 | MUST NOT | public is no lifetime                     | POST  | POST  | Cache-Control: public & Last-Modified: {-1000} | NOT_CACHEABLE
                    rule     | MUST NOT | POST where a rule caches QUERY                   | POST  | QUERY | Cache-Control: max-age=60 | METHOD
                    rule     | MAY | QUERY where a rule caches it                          | QUERY | QUERY | Last-Modified: {-1000}    | STORED
                    """)
    void methodsWithContentAreStoredByRule(
            String section,
            String level,
            String sentence,
            String method,
            String cached,
            String fields,
            String decision) {
        CacheRule rule = rule("body-methods=" + cached);
        assertThat(decision(response(fields).under(rule).decisionFor(request(method, "", rule))))
                .isEqualTo(decision);
    }

    @Test
    void ruleSharesResponsesToRequestsWithAuthorization() {
        CacheRule rule = rule("share-authorized");
        assertThat(decision(response("Cache-Control: max-age=60")
                        .under(rule)
                        .decisionFor(request("GET", "Authorization: Basic eA==", rule))))
                .isEqualTo("STORED");
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    §3.1 | MUST | all fields are kept, unknown ones, too   | X: 1 & Content-Type: text/html & X: 2        | X: 1 & Content-Type: text/html & X: 2
                    §3.1 | MUST NOT | fields of the connection             | Keep-Alive: timeout=1 & TE: x & Transfer-Encoding: chunked & Upgrade: a & Proxy-Connection: close & Connection: close & X: 1 | X: 1
                    §3.1 | MUST NOT | fields that Connection names         | Connection: x-a, close & X-A: 1 & X: 1       | X: 1
                    §3.1 | MUST NOT | fields of proxy authentication       | Proxy-Authenticate: Basic & Proxy-Authentication-Info: a=1 & Proxy-Authorization: x & X: 1 | X: 1
                    §3.1 | MAY | Age and Content-Length are made anew      | Age: 1 & Content-Length: 10 & X: 1           | X: 1
                    §5.2.2.7 | MUST NOT | fields that private names        | Cache-Control: private="x-A" & X-a: 1 & X: 1 | Cache-Control: private="x-A" & X: 1
                    §5.2.2.4 | MUST NOT | fields that no-cache names       | Cache-Control: no-cache="Set-Cookie, X-B" & Set-Cookie: a=1 & X-B: 2 & X: 1 | Cache-Control: no-cache="Set-Cookie, X-B" & X: 1
                    RFC 9213 §2.2 | MUST | as the targeted field has it    | CDN-Cache-Control: private=x & Cache-Control: private="Y" & X: 1 & Y: 1 | CDN-Cache-Control: private=x & Cache-Control: private="Y" & Y: 1
                    §3   | MUST | several lines stay several               | Set-Cookie: a=1 & Set-Cookie: b=2            | Set-Cookie: a=1 & Set-Cookie: b=2
                    """)
    void fieldsAreStoredWithoutThoseForOneConnectionOrClient(
            String section, String level, String sentence, String fields, String kept) {
        StoredHead head = response(fields + " & Date: {-1}").storedHead(1, get(""));
        assertThat(lines(head.fields())).isEqualTo(text(kept + " & Date: {-1}"));
    }

    @Test
    void dateIsAddedWhereItIsMissing() {
        StoredHead head = response("X: 1").storedHead(1, get(""));
        assertThat(lines(head.fields())).isEqualTo(text("X: 1 & Date: {0}"));
    }

    @ParameterizedTest
    @CsvSource({"200, true, true", "302, true, true", "404, false, true", "500, false, true"})
    void ttlIsForErrorsOnlyWhereStatusesAreNamed(int status, boolean unnamed, boolean named) {
        assertThat(rule("ttl=60").hasTtlFor(status)).isEqualTo(unnamed);
        assertThat(rule("ttl=60 status=" + status).hasTtlFor(status)).isEqualTo(named);
    }

    @Test
    void headSaysWhatItIsAndForWhom() {
        CacheRule rule = rule("ttl=60 tag=t");
        Store store = (Store) response("Vary: B, a, b & Cache-Tag: x, y & Surrogate-Key: y z")
                .under(rule)
                .status(203)
                .decisionFor(get("A: 1"));
        StoredHead head = store.head();
        assertThat(head.status()).isEqualTo(203);
        assertThat(head.rule()).isEqualTo("r");
        assertThat(head.size()).isEqualTo(-1);
        assertThat(head.tags()).containsExactlyInAnyOrder("t", "x", "y", "z");
        assertThat(head.selection().toString()).contains("name=a, value=1").contains("name=b, value=null");
        assertThat(head.complete(7, Fields.EMPTY).size()).isEqualTo(7);
    }

    @Test
    void tagsAreBounded() {
        String tags = "a,".repeat(3) + "b".repeat(256) + "," + "c".repeat(257);
        assertThat(Tags.of(Given.fields("Cache-Tag: " + tags), List.of()))
                .containsExactlyInAnyOrder("a", "b".repeat(256));
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            many.append(i).append(' ');
        }
        assertThat(Tags.of(Given.fields("Surrogate-Key: " + many), List.of())).hasSize(64);
    }

    private static String decision(StorageDecision decision) {
        return decision instanceof Pass pass ? pass.reason().name() : "STORED";
    }
}
