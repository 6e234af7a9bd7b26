package io.proxystone.clients;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.proxystone.RunningGateway;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Python's http.client, which closes on what it cannot read. */
class PythonClientTest {

    @TempDir
    Path directory;

    @Test
    void doesEverythingOverOneConnection() throws Exception {
        Path script =
                Path.of(PythonClientTest.class.getResource("/clients/client.py").toURI());
        try (Site site = new Site().page("/page", "text/plain", "page").on("/checksum", exchange -> {
                    MessageDigest digest = MessageDigest.getInstance("SHA-256");
                    digest.update(exchange.getRequestBody().readAllBytes());
                    Site.respond(
                            exchange,
                            200,
                            HexFormat.of().formatHex(digest.digest()).getBytes(US_ASCII));
                });
                RunningGateway gateway =
                        RunningGateway.with().passThrough(site.port()).start()) {
            Program.named("python3", directory)
                    .run(script.toString(), Integer.toString(gateway.port()))
                    .succeeded();
            assertThat(site.requests()).hasSize(26);
        }
    }
}
