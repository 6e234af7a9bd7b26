package io.proxystone.steps;

import static io.proxystone.RunningGateway.flow;
import static io.proxystone.RunningGateway.upstream;
import static org.assertj.core.api.Assertions.assertThat;

import io.proxystone.RunningGateway;
import io.proxystone.testing.Origin;
import io.proxystone.testing.RawClient;
import io.proxystone.testing.RawMessage;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Camel headers as a view of HTTP fields: what enters a flow, what steps do to it, and what leaves. */
class HeadersTest {
    private static Origin origin;
    private static RunningGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        origin = Origin.answering((request, connection) -> connection.respond(
                200,
                "origin",
                "Set-Cookie: a=1",
                "set-cookie: b=2",
                "X-Keep: kept",
                "X-Secret: inner",
                "CamelFoo: bar"));
        gateway = RunningGateway.with()
                .settings(upstream("origin", origin.port()))
                .flow("request", flow("request", "/request", """
                    - setHeader: {name: X-New, constant: set}
                    - setHeader: {name: x-CHANGED, simple: "${header.X-Changed}+"}
                    - setHeader: {name: X-Many, simple: "${header.x-two}"}
                    - removeHeader: {name: x-removed}
                    - removeHeaders: {pattern: "X-Internal-*", excludePattern: X-Internal-Id}
                    - to: upstream:origin
                    """))
                .flow("response", flow("response", "/response", """
                    - to: upstream:origin
                    - removeHeader: {name: x-secret}
                    - setHeader: {name: X-Seen, simple: "${header.CamelHttpResponseCode} ${header.X-Keep}"}
                    - setHeader: {name: CamelHttpResponseCode, constant: 207}
                    """))
                .flow("own", flow("own", "/own", """
                    - setHeader: {name: X-Own, constant: mine}
                    - setBody: {constant: own}
                    """))
                .flow("clear", flow("clear", "/clear", """
                    - removeHeaders: {pattern: "*"}
                    - setHeader: {name: X-Own, constant: mine}
                    - to: upstream:origin
                    - removeHeaders: {pattern: "*"}
                    """))
                .flow("show", flow("show", "/show", """
                    - setBody:
                        simple: "${header.CamelHttpMethod}|${header.CamelHttpUri}|${header.CamelHttpPath}|${header.CamelHttpQuery}|${header.CamelHttpRawQuery}|${header.CamelHttpUrl}|${header.CamelHttpHost}|${header.CamelHttpScheme}"
                    """))
                .flow("names", flow("names", "/names", """
                    - bean: {beanType: io.proxystone.steps.TestBeans, method: headerNames}
                    """))
                .flow("copies", flow("copies", "/copies", """
                    - multicast:
                        aggregationStrategy: "#class:io.proxystone.steps.Joined"
                        steps:
                          - pipeline:
                              steps:
                                - setHeader: {name: X-Branch, constant: one}
                                - removeHeader: {name: X-Given}
                                - setBody: {simple: "${header.X-Branch}:${header.X-Given}:${header.CamelHttpMethod}"}
                          - setBody: {simple: "${header.X-Branch}:${header.X-Given}:${header.CamelHttpMethod}"}
                    """))
                .flow("rewrite", flow("rewrite", "/rewrite", """
                    - setHeader: {name: CamelHttpMethod, constant: PUT}
                    - setHeader: {name: CamelHttpPath, simple: "/to/${header.X-To}"}
                    - setHeader: {name: CamelHttpRawQuery, constant: "a=%20b&c=d e"}
                    - to: upstream:origin
                    """))
                .flow("inject", flow("inject", "/inject", """
                    - bean: {beanType: io.proxystone.steps.TestBeans, method: inject}
                    """))
                .flow("injectUpstream", flow("injectUpstream", "/up-inject", """
                    - bean: {beanType: io.proxystone.steps.TestBeans, method: inject}
                    - to: upstream:origin
                    """))
                .start();
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
        origin.close();
    }

    @Test
    void stepsChangeTheFieldsOfTheRequest() throws Exception {
        try (RawClient client = gateway.connect()) {
            RawMessage answer = client.get(
                    "/request",
                    "X-Changed: old",
                    "X-Removed: 1",
                    "X-REMOVED: 2",
                    "X-Two: a",
                    "x-two: b",
                    "X-Internal-A: 1",
                    "X-Internal-Id: 2",
                    "X-Untouched: as  it-Is");
            RawMessage request = origin.take();
            assertThat(request.field("X-New")).isEqualTo("set");
            assertThat(request.field("X-Changed")).isEqualTo("old+");
            assertThat(request.fields("X-Removed")).isEmpty();
            assertThat(request.fields("X-Two")).containsExactly("a", "b");
            assertThat(request.fields("X-Internal-A")).isEmpty();
            assertThat(request.field("X-Internal-Id")).isEqualTo("2");
            assertThat(request.head()).contains("X-Untouched: as  it-Is");
            assertThat(answer.fields("X-New"))
                    .as("a field of the request, not of the response")
                    .isEmpty();
            assertThat(answer.fields("Set-Cookie")).containsExactly("a=1", "b=2");
        }
    }

    @Test
    void stepsChangeTheFieldsOfTheResponse() throws Exception {
        try (RawClient client = gateway.connect()) {
            RawMessage answer = client.get("/response", "X-Sent: x");
            origin.take();
            assertThat(answer.status()).isEqualTo(207);
            assertThat(answer.field("X-Seen")).isEqualTo("200 kept");
            assertThat(answer.field("X-Keep")).isEqualTo("kept");
            assertThat(answer.fields("X-Secret")).isEmpty();
            assertThat(answer.fields("X-Sent")).isEmpty();
            assertThat(answer.fields("CamelFoo")).isEmpty();
            assertThat(answer.fields("Set-Cookie")).containsExactly("a=1", "b=2");
        }
    }

    @Test
    void fieldsOfTheRequestAreNotEchoedAndThoseSetAre() throws Exception {
        try (RawClient client = gateway.connect()) {
            RawMessage answer = client.get(
                    "/own", "Accept: a/b", "User-Agent: me", "Cookie: s=1", "Authorization: Basic eDp5", "X-A: 1");
            assertThat(answer.text()).isEqualTo("own");
            assertThat(answer.head().stream().map(line -> line.split(":")[0]))
                    .containsExactlyInAnyOrder("HTTP/1.1 200 OK", "X-Own", "Content-Length", "Date");
        }
    }

    @Test
    void clearedHeadersTakeTheFieldsAlongButNotTheTarget() throws Exception {
        try (RawClient client = gateway.connect()) {
            RawMessage answer = client.get("/clear/x?y", "X-A: 1", "Cookie: s=1");
            RawMessage request = origin.take();
            assertThat(request.startLine()).isEqualTo("GET /clear/x?y HTTP/1.1");
            assertThat(request.fields("X-A")).isEmpty();
            assertThat(request.fields("Cookie")).isEmpty();
            assertThat(request.field("X-Own")).isEqualTo("mine");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.fields("X-Keep")).isEmpty();
            assertThat(answer.text()).isEqualTo("origin");
        }
    }

    @Test
    void partsOfTheTargetAreHeaders() throws Exception {
        try (RawClient client = gateway.connect()) {
            assertThat(client.get("/show/a%20b?q=%C3%A4+b").text())
                    .isEqualTo(
                            "GET|/show/a%20b|/a%20b|q=ä+b|q=%C3%A4+b|http://example.test/show/a%20b|example.test|http");
        }
    }

    @Test
    void queryFormFieldsAndCamelNamesNeverBecomeHeaders() throws Exception {
        try (RawClient client = gateway.connect()) {
            String form = "Authorization=form&CamelHttpPath=%2Fform&fromForm=1";
            client.send("POST /names?Authorization=query&CamelHttpUri=x&fromQuery=1 HTTP/1.1\r\nHost: a\r\n"
                    + "CamelHttpPath: /evil\r\ncAMELhttpresponsecode: 500\r\nCamelBeanMethodName: exit\r\n"
                    + "org.apache.camel.Evil: 1\r\nX-Fine: 1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                    + "Content-Length: " + form.length() + "\r\n\r\n" + form);
            RawMessage answer = client.read();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(List.of(answer.text().split("\n")))
                    .contains("X-Fine", "CamelHttpMethod", "CamelHttpPath")
                    .doesNotContain(
                            "fromForm", "fromQuery", "Authorization", "CamelBeanMethodName", "CamelHttpResponseCode")
                    .noneMatch(name -> name.startsWith("org.apache.camel"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CamelHttpMethod: DELETE",
                "CAMELHTTPPATH: /evil",
                "camelHttpRawQuery: evil",
                "CamelFileName: /etc/x"
            })
    void camelNamesOfAClientSteerNothingAndGoNowhere(String field) throws Exception {
        try (RawClient client = gateway.connect()) {
            client.get("/request/path?q", field);
            RawMessage request = origin.take();
            assertThat(request.startLine()).isEqualTo("GET /request/path?q HTTP/1.1");
            assertThat(request.fields(field.split(":")[0])).isEmpty();
        }
    }

    @Test
    void aCopyOfAMessageIsChangedWithoutTheOriginal() throws Exception {
        try (RawClient client = gateway.connect()) {
            assertThat(client.get("/copies", "X-Given: g").text()).isEqualTo("one::GET+:g:GET");
        }
    }

    @Test
    void stepsRewriteMethodPathAndQuery() throws Exception {
        try (RawClient client = gateway.connect()) {
            client.get("/rewrite/x?y", "X-To: a b%2F/ü");
            assertThat(origin.take().startLine())
                    .startsWith("PUT /to/a%20b%2F/")
                    .endsWith("?a=%20b&c=d%20e HTTP/1.1");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "X-Value, GET",
        "Location, GET",
        "Content-Type, GET",
        "Content-Length, HEAD",
        "Date, GET",
        "Set-Cookie, GET",
        "CamelHttpResponseText, GET",
        "Via, GET",
        "Connection, GET",
        "Trailer, GET",
        "X-Bad Name, GET"
    })
    void noHeaderValueStartsALineOfTheResponse(String name, String method) throws Exception {
        try (RawClient client = gateway.connect()) {
            for (String lineEnd : List.of("crlf", "lf", "cr", "wide")) {
                RawMessage answer = client.exchange(method, "/inject", "X-Name: " + name, "X-End: " + lineEnd);
                assertThat(answer.head()).as(lineEnd).noneMatch(line -> line.startsWith("X-Injected"));
                assertThat(answer.fields("X-Injected")).isEmpty();
            }
            assertThat(client.get("/own").text()).isEqualTo("own");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Value",
                "Host",
                "Content-Type",
                "Content-Length",
                "CamelHttpMethod",
                "CamelHttpPath",
                "CamelHttpRawQuery",
                "CamelHttpQuery",
                "X-Forwarded-For",
                "Forwarded",
                "traceparent",
                "X-Request-Id",
                "Via",
                "TE",
                "Connection",
                "Max-Forwards"
            })
    void noHeaderValueStartsALineOfTheRequestToTheOrigin(String name) throws Exception {
        for (String lineEnd : List.of("crlf", "lf", "cr", "wide")) {
            try (RawClient client = gateway.connect()) {
                RawMessage answer = client.get("/up-inject", "X-Name: " + name, "X-End: " + lineEnd);
                if (answer.status() == 200) {
                    RawMessage request = origin.take();
                    assertThat(request.head()).as(lineEnd).noneMatch(line -> line.startsWith("X-Injected"));
                } else {
                    assertThat(answer.status()).isEqualTo(500);
                }
                assertThat(origin.waiting()).isZero();
            }
        }
    }
}
