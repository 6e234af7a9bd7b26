package io.proxystone.edge;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.proxystone.RunningGateway;
import io.proxystone.testing.Origin;
import io.proxystone.testing.RawClient;
import io.proxystone.testing.RawMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Expect: 100-continue (RFC 9110 §10.1.1). */
class ExpectTest {
    private static final String POST =
            "POST %s HTTP/1.1\r\nHost: a.test\r\nExpect: 100-Continue\r\nContent-Length: %d\r\n\r\n";

    private static Origin origin;
    private static RunningGateway gateway;
    private RawClient client;

    @BeforeAll
    static void start() throws Exception {
        origin = Origin.connections(connection -> {
            while (true) {
                RawMessage request = connection.readRequestHead();
                if (request.startLine().contains("/refuse")) {
                    connection.respond(403, "no", "Connection: close");
                    return;
                }
                if (request.field("Expect") != null) {
                    connection.send("HTTP/1.1 100 Continue\r\n\r\n");
                }
                String length = request.field("Content-Length");
                String body = length == null ? "" : new String(connection.read(Integer.parseInt(length)), US_ASCII);
                connection.respond(200, body);
            }
        });
        gateway = RunningGateway.with()
                .flow("gateway", RunningGateway.everythingTo("upstream:origin"))
                .flow("whole", flow("whole", "bodies: buffer"))
                .flow("streamed", flow("streamed", "bodies: stream"))
                .flow("small", flow("small", "maxBodySize: 4"))
                .flow("constant", RunningGateway.flow("constant", "/constant", "- setBody: {constant: done}"))
                .settings(RunningGateway.upstream("origin", origin.port()))
                .start();
    }

    private static String flow(String id, String parameter) {
        return RunningGateway.flow(id, "/" + id, "- to: upstream:origin")
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

    @Test
    void clientIsToldToContinueWhenTheOriginSaysSo() throws Exception {
        client.send(POST.formatted("/", 5));
        assertThat(client.read().startLine()).isEqualTo("HTTP/1.1 100 Continue");
        client.send("hello");
        assertThat(client.read().text()).isEqualTo("hello");
        assertThat(client.get("/next").status()).isEqualTo(200);
    }

    @Test
    void clientIsToldToContinueForContentThatIsBuffered() throws Exception {
        client.send(POST.formatted("/whole", 5));
        assertThat(client.read().status()).isEqualTo(100);
        client.send("hello");
        assertThat(client.read().text()).isEqualTo("hello");
    }

    @Test
    void refusalOfTheOriginComesBeforeTheContentAndCloses() throws Exception {
        client.send(POST.formatted("/refuse", 5));
        RawMessage answer = client.read();
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.field("Connection")).isEqualTo("close");
        client.send("GET / HTTP/1.1\r\nHost: smuggled.test\r\n\r\n");
        assertThat(client.isClosedByPeer()).isTrue();
    }

    @Test
    void tooLargeContentIsRefusedBeforeItIsSent() throws Exception {
        client.send(POST.formatted("/small", 5));
        RawMessage answer = client.read();
        Refusals.assertProblem(answer, 413);
        assertThat(answer.field("Connection")).isEqualTo("close");
        assertThat(client.isClosedByPeer()).isTrue();
    }

    @Test
    void flowThatDoesNotReadTheContentAnswersWithoutContinue() throws Exception {
        client.send(POST.formatted("/constant", 5));
        RawMessage answer = client.read();
        assertThat(answer.text()).isEqualTo("done");
        assertThat(answer.field("Connection")).isEqualTo("close");
        assertThat(client.isClosedByPeer()).isTrue();
    }

    @Test
    void contentThatComesWithoutWaitingIsTaken() throws Exception {
        client.send(POST.formatted("/", 5) + "hello");
        RawMessage answer = client.read();
        assertThat((answer.status() == 100 ? client.read() : answer).text()).isEqualTo("hello");
    }

    @Test
    void expectationWithoutContentIsNoReasonToWait() throws Exception {
        for (String path : new String[] {"/", "/streamed", "/whole"}) {
            client.send(POST.formatted(path, 0));
            assertThat(client.read().status()).as(path).isEqualTo(200);
        }
        client.send("GET / HTTP/1.1\r\nHost: a.test\r\nExpect: 100-continue\r\n\r\n");
        assertThat(client.read().status()).isEqualTo(200);
    }

    @Test
    void http10IsNeverToldToContinue() throws Exception {
        client.send("POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\nhello");
        RawMessage answer = client.read();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("hello");
    }
}
