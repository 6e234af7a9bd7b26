package io.proxystone.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import io.proxystone.RunningGateway;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** npm installs and publishes a package. The registry makes its links as registries do: from what the gateway forwards. */
class NpmTest {
    private static final int TAR_BLOCK = 512;

    @TempDir
    Path directory;

    private final ObjectMapper json = new ObjectMapper();

    @Test
    void installsAPackage() throws Exception {
        byte[] archive = archive(Map.of(
                "package/package.json", "{\"name\": \"@stone/tiny\", \"version\": \"1.0.0\", \"main\": \"index.js\"}",
                "package/index.js", "module.exports = 'tiny';\n"));
        try (Site registry = new Site();
                RunningGateway gateway =
                        RunningGateway.with().passThrough(registry.port()).start()) {
            registry.on("/@stone/tiny", exchange -> answerPackument(exchange, archive));
            registry.page("/@stone/tiny/-/tiny-1.0.0.tgz", "application/octet-stream", archive);
            registry.page("/-/npm/v1/security/advisories/bulk", "application/json", "{}");
            Files.writeString(directory.resolve("package.json"), "{\"dependencies\": {\"@stone/tiny\": \"^1.0.0\"}}");
            npm(gateway, "install", "--no-fund").succeeded();
            assertThat(directory.resolve("node_modules/@stone/tiny/index.js")).hasContent("module.exports = 'tiny';\n");
            assertThat(Files.readString(directory.resolve("package-lock.json")))
                    .contains("http://127.0.0.1:" + gateway.port() + "/@stone/tiny/-/tiny-1.0.0.tgz");
            assertThat(registry.requests())
                    .contains(
                            "GET /@stone%2ftiny",
                            "GET /@stone/tiny/-/tiny-1.0.0.tgz", "POST /-/npm/v1/security/advisories/bulk");
        }
    }

    @Test
    void publishesAPackage() throws Exception {
        Files.writeString(directory.resolve("package.json"), "{\"name\": \"tiny\", \"version\": \"1.0.0\"}");
        ByteArrayOutputStream published = new ByteArrayOutputStream();
        try (Site registry = new Site();
                RunningGateway gateway =
                        RunningGateway.with().passThrough(registry.port()).start()) {
            registry.on("/tiny", exchange -> {
                if (exchange.getRequestMethod().equals("PUT")) {
                    exchange.getRequestBody().transferTo(published);
                    Site.respond(exchange, 201, "{}".getBytes(StandardCharsets.UTF_8));
                } else {
                    Site.respond(exchange, 404, "{}".getBytes(StandardCharsets.UTF_8));
                }
            });
            npm(gateway, "publish", "--//127.0.0.1:" + gateway.port() + "/:_authToken=secret")
                    .succeeded();
            assertThat(json.readTree(published.toByteArray())
                            .at("/_attachments/tiny-1.0.0.tgz/length")
                            .asInt())
                    .isPositive();
        }
    }

    private Program.Result npm(RunningGateway gateway, String... arguments) throws Exception {
        return Program.named("npm", directory)
                .with("npm_config_registry", "http://127.0.0.1:" + gateway.port() + "/")
                .with("npm_config_cache", directory.resolve("cache").toString())
                .with("npm_config_update_notifier", "false")
                .with("npm_config_fetch_retries", "0")
                .run(arguments);
    }

    private void answerPackument(HttpExchange exchange, byte[] archive) throws Exception {
        var fields = exchange.getRequestHeaders();
        String link = fields.getFirst("X-Forwarded-Proto") + "://" + fields.getFirst("X-Forwarded-Host")
                + "/@stone/tiny/-/tiny-1.0.0.tgz";
        String integrity = "sha512-"
                + Base64.getEncoder()
                        .encodeToString(MessageDigest.getInstance("SHA-512").digest(archive));
        Map<String, Object> version = Map.of(
                "name",
                "@stone/tiny",
                "version",
                "1.0.0",
                "main",
                "index.js",
                "dist",
                Map.of("tarball", link, "integrity", integrity));
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        Site.respond(
                exchange,
                200,
                json.writeValueAsBytes(Map.of(
                        "name",
                        "@stone/tiny",
                        "dist-tags",
                        Map.of("latest", "1.0.0"),
                        "versions",
                        Map.of("1.0.0", version))));
    }

    /** A gzip'd tar archive of some texts. */
    private static byte[] archive(Map<String, String> files) throws IOException {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(archive)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                byte[] content = file.getValue().getBytes(StandardCharsets.UTF_8);
                out.write(tarHeader(file.getKey(), content.length));
                out.write(content);
                out.write(new byte[(TAR_BLOCK - content.length % TAR_BLOCK) % TAR_BLOCK]);
            }
            out.write(new byte[2 * TAR_BLOCK]);
        }
        return archive.toByteArray();
    }

    /** The header of a file in a tar archive (POSIX.1-1988): octal numbers at fixed places, and their sum. */
    private static byte[] tarHeader(String name, int size) {
        byte[] header = new byte[TAR_BLOCK];
        put(header, 0, name);
        put(header, 100, "0000644\0" + "0000000\0" + "0000000\0" + String.format("%011o\0%011o\0", size, 0));
        put(header, 148, "        0");
        put(header, 257, "ustar\00000");
        int sum = 0;
        for (byte octet : header) {
            sum += octet & 0xff;
        }
        put(header, 148, String.format("%06o\0 ", sum));
        return header;
    }

    private static void put(byte[] header, int position, String text) {
        byte[] octets = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(octets, 0, header, position, octets.length);
    }
}
