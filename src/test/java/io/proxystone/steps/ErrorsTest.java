package io.proxystone.steps;

import static io.proxystone.RunningGateway.flow;
import static io.proxystone.RunningGateway.upstream;
import static org.assertj.core.api.Assertions.assertThat;

import io.proxystone.RunningGateway;
import io.proxystone.testing.Origin;
import io.proxystone.testing.Ports;
import io.proxystone.testing.RawClient;
import io.proxystone.testing.RawMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Failures are problem documents (RFC 9457) that tell nothing of the inside, unless a flow answers them itself. */
class ErrorsTest {
    private static Origin origin;
    private static RunningGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        origin = Origin.answering((request, connection) -> {
            String line = request.startLine();
            if (line.contains("/invalid")) {
                connection.send("NONSENSE\r\n\r\n");
            } else if (line.contains("/closes")) {
                connection.close();
            } else if (!line.contains("/silent")) {
                int status = Integer.parseInt(line.replaceAll(".*status=(\\d+).*", "$1"));
                connection.respond(status, "origin says " + status, "X-Origin: yes");
            }
        });
        String dead = upstream("dead", Ports.free()).replace("upstreams:\n", "");
        gateway = RunningGateway.with()
                .settings(upstream("origin", origin.port(), "timeouts: {response: 300ms}") + dead)
                .flow("all", flow("all", "/all", "- to: upstream:origin"))
                .flow("refused", flow("refused", "/refused", "- to: upstream:dead"))
                .flow(
                        "small",
                        flow("small", "/small", "- to: upstream:origin")
                                .replace(
                                        "matchOnUriPrefix: true",
                                        "{matchOnUriPrefix: true, maxBodySize: 2, httpMethodRestrict: POST}"))
                .flow("failing", flow("failing", "/failing", """
                    - throwException: {exceptionType: java.lang.IllegalStateException, message: "secret at 10.1.2.3:99"}
                    """))
                .flow("nobody", flow("nobody", "/nobody", "- toD: \"direct:absent\""))
                .flow("sedaTimeout", flow("sedaTimeout", "/seda-timeout", "- to: \"seda:nobody?timeout=100\""))
                .flow("rejecting", flow("rejecting", "/rejecting", """
                    - throwException: {exceptionType: java.util.concurrent.RejectedExecutionException, message: full}
                    """))
                .flow("failOn", flow("failOn", "/fail-on", "- to: \"upstream:origin?failOn=5xx,404\""))
                .flow("caught", flow("caught", "/caught", """
                    - doTry:
                        steps: [{to: upstream:dead}]
                        doCatch:
                          - exception: [io.proxystone.upstream.UpstreamException]
                            steps:
                              - setHeader: {name: CamelHttpResponseCode, constant: 203}
                              - setBody: {simple: "caught ${exception.reason}"}
                        doFinally:
                          steps: [{setHeader: {name: X-Finally, constant: ran}}]
                    """))
                .flow(
                        "configured",
                        """
                    - routeConfiguration:
                        id: friendly
                        onException:
                          - onException:
                              exception: [io.proxystone.upstream.UpstreamException]
                              handled: {constant: "true"}
                              steps:
                                - setHeader: {name: CamelHttpResponseCode, constant: 503}
                                - setHeader: {name: Content-Type, constant: text/plain}
                                - setHeader: {name: Retry-After, constant: 7}
                                - setBody: {simple: "back soon, ${exception.upstream}"}
                    """
                                + flow("configured", "/configured", "- to: upstream:dead")
                                        .replace(
                                                "id: configured", "id: configured\n    routeConfigurationId: friendly"))
                .flow("own", """
                    - onException:
                        exception: [java.lang.IllegalStateException]
                        handled: {constant: "true"}
                        steps:
                          - setHeader: {name: CamelHttpResponseCode, constant: 418}
                          - setBody: {simple: "own: ${exception.message}"}
                    """ + flow("own", "/own", """
                    - throwException: {exceptionType: java.lang.IllegalStateException, message: boom}
                    """))
                .flow("continued", """
                    - onException:
                        exception: [java.lang.Exception]
                        continued: {constant: "true"}
                    """ + flow("continued", "/continued", """
                    - to: upstream:dead
                    - setBody: {constant: went on}
                    """))
                .flow(
                        "dead",
                        flow("dead", "/dead", "- to: upstream:dead")
                                        .replace(
                                                "id: dead",
                                                "id: dead\n    errorHandler: {deadLetterChannel: {deadLetterUri: \"direct:letters\"}}")
                                + """
                    - route:
                        from:
                          uri: direct:letters
                          steps:
                            - setHeader: {name: CamelHttpResponseCode, constant: 202}
                            - setBody: {simple: "kept ${header.CamelHttpUri}"}
                    """)
                .start();
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
        origin.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /nowhere, , 404, flow-not-found, ",
        "GET, /small, , 405, method-not-allowed, ",
        "POST, /small, abc, 413, content-too-large, small",
        "GET, /failing, , 500, internal-error, failing",
        "GET, /refused, , 502, bad-gateway, refused",
        "GET, /all/invalid, , 502, bad-gateway, all",
        "POST, /all/closes, abc, 502, bad-gateway, all",
        "GET, /all/silent, , 504, gateway-timeout, all",
        "GET, /seda-timeout, , 504, gateway-timeout, sedaTimeout",
        "GET, /nobody, , 503, unavailable, nobody",
        "GET, /rejecting, , 503, unavailable, rejecting",
        "GET, /fail-on?status=503, , 502, bad-gateway, failOn",
    })
    void failuresAreProblemDocuments(String method, String target, String content, int status, String type, String flow)
            throws Exception {
        try (RawClient client = gateway.connect()) {
            String body = content == null ? "" : content;
            client.send(method + " " + target + " HTTP/1.1\r\nHost: a\r\nX-Request-Id: my-id-1\r\nContent-Length: "
                    + body.length() + "\r\n\r\n" + body);
            RawMessage answer = client.read();
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.field("Content-Type")).isEqualTo("application/problem+json");
            assertThat(answer.field("Cache-Control")).isEqualTo("no-store");
            assertThat(answer.field("Retry-After")).isEqualTo(status == 503 ? "1" : null);
            assertThat(answer.text())
                    .contains(
                            "\"type\":\"urn:proxy-stone:problem:" + type + "\"",
                            "\"status\":" + status,
                            "\"title\":",
                            "\"detail\":")
                    .contains("\"requestId\":")
                    .doesNotContain("127.0.0.1", "10.1.2.3", "secret", "Exception", "\tat ", "java", "camel");
            if (flow != null) {
                assertThat(answer.text()).contains("\"flow\":\"" + flow + "\"");
            }
            assertThat(gateway.get("/all?status=200").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aStatusOfTheOriginIsAnAnswerAndNoFailure() throws Exception {
        for (int status : new int[] {400, 404, 500, 502, 503, 504}) {
            assertThat(gateway.get("/all?status=" + status).body()).isEqualTo("origin says " + status);
        }
        assertThat(gateway.get("/fail-on?status=500").statusCode()).isEqualTo(502);
        assertThat(gateway.get("/fail-on?status=404").statusCode()).isEqualTo(502);
        assertThat(gateway.get("/fail-on?status=403").body()).isEqualTo("origin says 403");
    }

    @Test
    void doCatchAnswersAnUpstreamException() throws Exception {
        var answer = gateway.get("/caught");
        assertThat(answer.statusCode()).isEqualTo(203);
        assertThat(answer.body()).isEqualTo("caught CONNECT_FAILED");
        assertThat(answer.headers().firstValue("X-Finally")).contains("ran");
    }

    @Test
    void aRouteConfigurationReplacesTheProblemDocument() throws Exception {
        var answer = gateway.get("/configured");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).isEqualTo("back soon, dead");
        assertThat(answer.headers().firstValue("Retry-After")).contains("7");
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain");
    }

    @Test
    void onExceptionReplacesTheProblemDocument() throws Exception {
        var answer = gateway.get("/own");
        assertThat(answer.statusCode()).isEqualTo(418);
        assertThat(answer.body()).isEqualTo("own: boom");
    }

    @Test
    void aFlowCanGoOnAfterAFailure() throws Exception {
        var answer = gateway.get("/continued");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("went on");
    }

    @Test
    void aDeadLetterChannelAnswers() throws Exception {
        var answer = gateway.get("/dead/x");
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).isEqualTo("kept /dead/x");
    }
}
