package io.proxystone;

import io.proxystone.control.SingleOrigin;
import io.proxystone.control.Sources;
import io.proxystone.testing.Ports;
import io.proxystone.testing.RawClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The real gateway in this JVM, over files of its own in a temporary directory, on free ports. Its access log goes to a file.
 */
public final class RunningGateway implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Path directory;
    private final int port;
    private final int managementPort;
    private final Gateway gateway;

    private RunningGateway(Builder builder) throws Exception {
        directory = builder.directory;
        port = Ports.free();
        managementPort = Ports.free();
        Map<String, String> overrides = new HashMap<>(builder.properties);
        overrides.put("proxy.host", "127.0.0.1");
        overrides.put("proxy.port", Integer.toString(port));
        Sources sources = new Sources(
                builder.routes == null ? directory.resolve("routes") : builder.routes,
                directory.resolve("config"),
                builder.profile,
                overrides,
                builder.origin == null ? null : new SingleOrigin(builder.origin, true));
        try {
            gateway = Gateway.start(sources, managementPort);
        } catch (Exception e) {
            delete(directory);
            throw e;
        }
    }

    /** A gateway to be started. */
    public static Builder with() throws IOException {
        return new Builder();
    }

    /** What a gateway starts with. */
    public static final class Builder {
        private final Path directory = Files.createTempDirectory("gateway");
        private final Map<String, String> properties = new HashMap<>();
        private @Nullable Path routes;
        private @Nullable String profile;
        private @Nullable String origin;

        private Builder() throws IOException {
            Files.createDirectories(directory.resolve("routes"));
            Files.createDirectories(directory.resolve("config"));
            settings("");
        }

        /** Adds a flow file. */
        public Builder flow(String name, String yaml) throws IOException {
            Files.writeString(directory.resolve("routes").resolve(name + ".camel.yaml"), yaml);
            return this;
        }

        /** Sets proxy-stone.yaml, to which the access log is added. */
        public Builder settings(String yaml) throws IOException {
            Files.writeString(directory.resolve("config/proxy-stone.yaml"), withAccessLog(directory, yaml));
            return this;
        }

        /** One flow {@code gateway} of everything to the upstream {@code origin}, which has this one target. */
        public Builder passThrough(int originPort) throws IOException {
            return flow("gateway", everythingTo("upstream:origin")).settings(upstream("origin", originPort));
        }

        /** Takes the flows of another directory. */
        public Builder routes(Path other) {
            routes = other;
            return this;
        }

        public Builder property(String name, String value) {
            properties.put(name, value);
            return this;
        }

        public Builder profile(String name) {
            profile = name;
            return this;
        }

        /** As {@code run --origin} does. */
        public Builder origin(String url) {
            origin = url;
            return this;
        }

        public RunningGateway start() throws Exception {
            return new RunningGateway(this);
        }
    }

    /** A flow {@code gateway} that serves every path and has one step, an endpoint's URI. */
    public static String everythingTo(String uri) {
        return flow("gateway", "", "- to: " + uri);
    }

    /** A flow of everything below a path, with some steps in YAML. */
    public static String flow(String id, String path, String steps) {
        return """
                - route:
                    id: %s
                    from:
                      uri: netty-http:http://{{proxy.host}}:{{proxy.port}}%s
                      parameters:
                        matchOnUriPrefix: true
                      steps:
                %s
                """.formatted(id, path.isEmpty() ? "/" : path, steps.indent(8));
    }

    /** Settings with one upstream. */
    public static String upstream(String name, int port, String... more) {
        StringBuilder settings = new StringBuilder(
                "upstreams:\n  " + name + ":\n    targets: [{url: \"http://127.0.0.1:" + port + "\"}]\n");
        for (String line : more) {
            settings.append("    ").append(line).append('\n');
        }
        return settings.toString();
    }

    private static String withAccessLog(Path directory, String yaml) {
        return yaml.contains("access-log:")
                ? yaml
                : yaml + "\naccess-log: {file: \"" + directory.resolve("access.log") + "\"}\n";
    }

    public int port() {
        return port;
    }

    public int managementPort() {
        return managementPort;
    }

    public Path directory() {
        return directory;
    }

    /** A raw connection to the port of flows. */
    public RawClient connect() throws IOException {
        return new RawClient(port);
    }

    /** An answer to a GET request, for what needs no exactness. */
    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** An answer of the management port. */
    public HttpResponse<String> manage(String path) throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Writes or replaces a flow file; the gateway notices by itself, or with {@link #reload}. */
    public void writeFlow(String name, String yaml) throws IOException {
        Path file = directory.resolve("routes").resolve(name + ".camel.yaml");
        Path temporary = directory.resolve(name + ".tmp");
        Files.writeString(temporary, yaml);
        Files.move(
                temporary,
                file,
                java.nio.file.StandardCopyOption.ATOMIC_MOVE,
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    public void deleteFlow(String name) throws IOException {
        Files.delete(directory.resolve("routes").resolve(name + ".camel.yaml"));
    }

    public void writeSettings(String yaml) throws IOException {
        Files.writeString(directory.resolve("config/proxy-stone.yaml"), withAccessLog(directory, yaml));
    }

    /** Looks at the files now, as SIGHUP does, and returns when that is done. */
    public void reload() {
        gateway.reload();
    }

    /** The lines of the access log so far. */
    public List<String> accessLog() throws IOException {
        Path log = directory.resolve("access.log");
        return Files.exists(log) ? Files.readAllLines(log) : List.of();
    }

    @Override
    public void close() {
        gateway.stop();
        delete(directory);
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
