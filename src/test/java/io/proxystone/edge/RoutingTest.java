package io.proxystone.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.proxystone.RunningGateway;
import io.proxystone.testing.Origin;
import io.proxystone.testing.RawClient;
import io.proxystone.testing.RawMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which flow a request meets: by host, then exact path, template and longest prefix, then method. */
class RoutingTest {
    private static Origin origin;
    private static RunningGateway gateway;
    private RawClient client;

    @BeforeAll
    static void start() throws Exception {
        origin = Origin.answering((request, connection) -> {
            if (request.startLine().startsWith("HEAD ")) {
                connection.send("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n");
            } else {
                connection.respond(200, request.startLine());
            }
        });
        gateway = RunningGateway.with()
                .flow("exact", flow("exact", "/a/exact", false, ""))
                .flow("template", flow("template", "/a/{id}", false, ""))
                .flow("deep", flow("deep", "/a/{id}/items/{item}", false, ""))
                .flow("prefix", flow("prefix", "/a", true, ""))
                .flow("longer", flow("longer", "/a/b/c", true, ""))
                .flow("encoded", flow("encoded", "/caf%c3%a9", true, ""))
                .flow("read", flow("read", "/m", true, "httpMethodRestrict=GET"))
                .flow("write", flow("write", "/m", true, "httpMethodRestrict=POST,PUT"))
                .flow("host", flow("host", "/h", true, "hosts=a.test"))
                .flow("domain", flow("domain", "/h", true, "hosts=*.a.test"))
                .flow("other", flow("other", "/h", true, ""))
                .flow("strip", forward("strip", "/strip", "stripPrefix: true"))
                .flow("forward", forward("forward", "/forward", "stripPrefix: false"))
                .settings(RunningGateway.upstream("origin", origin.port()))
                .start();
    }

    /** A flow that answers its own name. */
    private static String flow(String id, String path, boolean prefix, String option) {
        String parameter = option.isEmpty() ? "" : "\n        " + option.replace("=", ": \"") + "\"";
        return RunningGateway.flow(id, path, "- setBody: {constant: " + id + "}")
                .replace("matchOnUriPrefix: true", "matchOnUriPrefix: " + prefix + parameter);
    }

    private static String forward(String id, String path, String parameter) {
        return RunningGateway.flow(id, path, "- to: upstream:origin")
                .replace("matchOnUriPrefix: true", "matchOnUriPrefix: true\n        " + parameter);
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
        origin.close();
    }

    @BeforeEach
    void connect() throws Exception {
        client = gateway.connect();
    }

    @AfterEach
    void disconnect() throws Exception {
        client.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/a, prefix",
        "/a/, prefix",
        "/a?x=/b, prefix",
        "/a/exact, exact",
        "/a/exact?q, exact",
        "/a/exact/, prefix",
        "/a/exact/x, prefix",
        "/a/5, template",
        "/a/b, template",
        "/a/5/x, prefix",
        "/a//, prefix",
        "/a/5/items/6, deep",
        "/a/5/items/, prefix",
        "/a/b/c, longer",
        "/a/b/c/d, longer",
        "/a/b/cd, prefix",
        "/%61/e%78act, exact",
        "/x/../a/./exact, exact",
        "/../a/exact, exact",
        "/a/b/%2E%2e/exact, exact",
        "/a/b%2Fc, template",
        "/caf%C3%A9/x, encoded",
        "/c%61f%c3%a9, encoded",
        "/caf\u00c3\u00a9, encoded",
        "/a/b|c^{}, template",
        "http://b.test/a/exact, exact",
    })
    void pathChoosesTheFlow(String target, String flow) throws Exception {
        assertThat(client.get(target).text()).isEqualTo(flow);
    }

    @ParameterizedTest
    @CsvSource({"/A", "/ab", "/a%2Fexact", "/", "/caf", "//a/exact", "/m2"})
    void pathNoFlowServesIsNotFound(String target) throws Exception {
        RawMessage answer = client.get(target);
        Refusals.assertProblem(answer, 404);
        assertThat(answer.field("Connection")).isNull();
        assertThat(client.get("/a").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "a.test, host",
        "A.TEST:8080, host",
        "b.a.test, domain",
        "c.b.a.test, domain",
        "xa.test, other",
        "b.test, other",
        "[::1]:80, other"
    })
    void hostChoosesTheFlowFirst(String host, String flow) throws Exception {
        client.send("GET /h HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
        assertThat(client.read().text()).isEqualTo(flow);
        client.send("GET http://" + host + "/h HTTP/1.1\r\nHost: ignored.test\r\n\r\n");
        assertThat(client.read().text()).isEqualTo(flow);
    }

    @Test
    void requestWithoutHostMeetsFlowsForAnyHost() throws Exception {
        client.send("GET /h HTTP/1.0\r\n\r\n");
        assertThat(client.read().text()).isEqualTo("other");
    }

    @ParameterizedTest
    @CsvSource({"GET, read", "POST, write", "PUT, write"})
    void methodChoosesAmongFlowsOfOnePath(String method, String flow) throws Exception {
        assertThat(client.exchange(method, "/m/x", "Content-Length: 0").text()).isEqualTo(flow);
    }

    @Test
    void flowThatTakesGetTakesHead() throws Exception {
        RawMessage answer = client.exchange("HEAD", "/m");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.field("Content-Length")).isEqualTo("4");
        assertThat(client.get("/m").text()).isEqualTo("read");
    }

    @ParameterizedTest
    @CsvSource({"DELETE", "OPTIONS", "get", "X"})
    void methodNoFlowTakesIsToldWhatIsAllowed(String method) throws Exception {
        RawMessage answer = client.exchange(method, "/m");
        Refusals.assertProblem(answer, 405);
        assertThat(answer.field("Allow")).isEqualTo("GET, HEAD, POST, PUT");
        assertThat(client.get("/m").text()).isEqualTo("read");
    }

    @Test
    void traceIsNotForwarded() throws Exception {
        Refusals.assertProblem(client.exchange("TRACE", "/forward"), 405);
        assertThat(client.get("/a").text()).isEqualTo("prefix");
    }

    @ParameterizedTest
    @CsvSource({"OPTIONS", "DELETE", "PROPFIND", "x-own"})
    void methodsAreForwardedAsTheyAre(String method) throws Exception {
        assertThat(client.exchange(method, "/forward/x?q").text()).isEqualTo(method + " /forward/x?q HTTP/1.1");
    }

    @Test
    void optionsForTheServerIsAnsweredHere() throws Exception {
        for (String target : new String[] {"*", "http://b.test"}) {
            RawMessage answer = client.exchange("OPTIONS", target);
            assertThat(answer.status()).isEqualTo(204);
            assertThat(answer.field("Allow")).contains("GET").contains("OPTIONS");
        }
    }

    @Test
    void lastHopOfOptionsIsHere() throws Exception {
        assertThat(client.exchange("OPTIONS", "/forward", "Max-Forwards: 0").status())
                .isEqualTo(204);
        assertThat(client.exchange("OPTIONS", "/forward", "Max-Forwards: 1").text())
                .startsWith("OPTIONS /forward ");
    }

    @ParameterizedTest
    @CsvSource({
        "/strip, /",
        "/strip/, /",
        "/strip?q=1, /?q=1",
        "/strip/x/y?q, /x/y?q",
        "/strip/a%2Fb%20c, /a%2Fb%20c",
        "/%73trip/x, /x",
        "/strip//x, //x",
        "/forward/a/../%7Eb?%zz=|&&, /forward/a/../%7Eb?%zz=|&&",
        "http://b.test/forward?x, /forward?x"
    })
    void originSeesTheTargetAsWrittenOrWithoutThePrefix(String target, String forwarded) throws Exception {
        assertThat(client.get(target).text()).isEqualTo("GET " + forwarded + " HTTP/1.1");
    }

    @Test
    void flowsComeAndGoWhileRunning() throws Exception {
        assertThat(client.get("/new").status()).isEqualTo(404);
        gateway.writeFlow("new", flow("new", "/new", true, ""));
        gateway.reload();
        await().untilAsserted(() -> assertThat(client.get("/new").text()).isEqualTo("new"));
        gateway.deleteFlow("new");
        gateway.reload();
        await().untilAsserted(() -> assertThat(client.get("/new").status()).isEqualTo(404));
        assertThat(client.get("/a").text()).isEqualTo("prefix");
    }
}
