package io.proxystone.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.proxystone.RunningGateway;
import io.proxystone.testing.Origin;
import io.proxystone.testing.Ports;
import io.proxystone.testing.RawClient;
import io.proxystone.testing.RawMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Origins no connection or TLS session can be had with, and those that are trusted as their settings say. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UnreachableOriginTest {
    private static final String CUT = "HTTP/1.1 200 OK\r\n\r\nhello";

    private final List<AutoCloseable> open = new ArrayList<>();
    private RunningGateway gateway;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        Certificates certificates = Certificates.forNames(directory, "dns:origin.test,ip:127.0.0.1");
        Origin tls = keep(Origin.tlsConnections(certificates.server(), connection -> {
            while (true) {
                RawMessage request = connection.readRequest();
                if (request.startLine().contains("/unfinished")) {
                    connection.send(CUT);
                    connection.transport().close();
                } else if (request.startLine().contains("/finished")) {
                    connection.send(CUT);
                    connection.close();
                } else {
                    connection.respond(200, "secret");
                }
            }
        }));
        Origin plain = keep(Origin.connections(connection -> connection.send("HTTP/1.1 400 Bad Request\r\n\r\n")));
        Origin silent = keep(Origin.connections(connection -> {
            while (true) {
                connection.read(1);
            }
        }));
        Origin rude = keep(Origin.connections(Origin.Connection::close));
        String https = "https://127.0.0.1:" + tls.port();
        String trust = "trust: \"" + certificates.pem() + "\"";
        StringBuilder settings = new StringBuilder("upstreams:\n");
        upstream(settings, "refused", "http://127.0.0.1:" + Ports.free(), "");
        upstream(settings, "unresolvable", "http://no-such-host.invalid:80", "");
        upstream(settings, "deaf", "http://127.0.0.1:" + deafPort(), "");
        upstream(settings, "unknown-authority", https, "");
        upstream(settings, "trusted", https, trust);
        upstream(settings, "wrong-name", https, trust + ", server-name: other.test");
        upstream(settings, "wrong-address", "https://localhost:" + tls.port(), trust);
        upstream(settings, "right-name", "https://localhost:" + tls.port(), trust + ", server-name: origin.test");
        upstream(settings, "unverified", "https://localhost:" + tls.port(), "verify: false");
        upstream(settings, "no-tls", "https://127.0.0.1:" + plain.port(), trust);
        upstream(settings, "silent", "https://127.0.0.1:" + silent.port(), trust);
        upstream(settings, "rude", "https://127.0.0.1:" + rude.port(), trust);
        StringBuilder flows = new StringBuilder();
        for (String name : settings.toString()
                .lines()
                .filter(line -> line.matches("  [a-z-]+:"))
                .toList()) {
            String id = name.strip().replace(":", "");
            flows.append(RunningGateway.flow(id, "/" + id, "- to: upstream:" + id));
        }
        gateway = RunningGateway.with()
                .flow("flows", flows.toString())
                .settings(settings.toString())
                .start();
    }

    private <T extends AutoCloseable> T keep(T resource) {
        open.add(resource);
        return resource;
    }

    private static void upstream(StringBuilder settings, String name, String url, String tls) {
        settings.append("  ").append(name).append(":\n    targets: [{url: \"").append(url);
        settings.append("\"}]\n    timeouts: {connect: 700ms}\n");
        settings.append(tls.isEmpty() ? "" : "    tls: {" + tls + "}\n");
    }

    /** A port whose queue of connections to accept is full, so that the kernel answers no more of them. */
    private int deafPort() throws IOException {
        ServerSocket server = keep(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        for (int i = 0; i < 4; i++) {
            Socket filler = keep(new Socket());
            try {
                filler.connect(server.getLocalSocketAddress(), 200);
            } catch (IOException e) {
                // The queue is full.
            }
        }
        return server.getLocalPort();
    }

    @AfterAll
    void stop() throws Exception {
        gateway.close();
        for (AutoCloseable resource : open) {
            resource.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "refused, 502, bad-gateway",
        "unresolvable, 502, bad-gateway",
        "deaf, 504, gateway-timeout",
        "unknown-authority, 502, bad-gateway",
        "wrong-name, 502, bad-gateway",
        "wrong-address, 502, bad-gateway",
        "no-tls, 502, bad-gateway",
        "silent, 504, gateway-timeout",
        "rude, 502, bad-gateway"
    })
    void failureIsAProblemThatTellsNoAddress(String upstream, int status, String type) throws Exception {
        try (RawClient client = gateway.connect()) {
            for (String method : List.of("GET", "POST")) {
                RawMessage response = client.exchange(method, "/" + upstream);
                assertThat(response.text()).contains("\"urn:proxy-stone:problem:" + type + "\"");
                assertThat(response.status()).isEqualTo(status);
                assertThat(response.text()).doesNotContain("127.0.0.1", "localhost", "invalid", "xception");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"trusted", "right-name", "unverified"})
    void trustedOriginIsAskedOverTls(String upstream) throws Exception {
        try (RawClient client = gateway.connect()) {
            for (int i = 0; i < 3; i++) {
                assertThat(client.get("/" + upstream).text()).isEqualTo("secret");
            }
        }
    }

    @Test
    void endOfTheSessionIsTheEndOfContent() throws Exception {
        try (RawClient client = gateway.connect()) {
            assertThat(client.get("/trusted/finished").text()).isEqualTo("hello");
        }
    }

    @Test
    void endOfTheConnectionWithoutTheEndOfTheSessionIsNone() throws Exception {
        try (RawClient client = gateway.connect()) {
            client.send("GET /trusted/unfinished HTTP/1.1\r\nHost: a\r\n\r\n");
            client.readHead();
            assertThat(client.readChunk()).isEqualTo("hello".getBytes(StandardCharsets.US_ASCII));
            assertThatThrownBy(client::readChunk).isInstanceOf(IOException.class);
        }
    }
}
