package io.proxystone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.proxystone.testing.Origin;
import io.proxystone.testing.Ports;
import io.proxystone.testing.RawClient;
import io.proxystone.testing.RawMessage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process of its own: environment, profiles, signals, and how it ends. */
class ForkedProcessTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int TERMINATED = 128 + 15;

    @TempDir
    Path directory;

    private Origin origin;
    private int port;
    private int managementPort;
    private Process process;

    @BeforeEach
    void ports() throws IOException {
        origin = Origin.saying("hello");
        port = Ports.free();
        managementPort = Ports.free();
    }

    @AfterEach
    void end() throws Exception {
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
        origin.close();
    }

    /** Starts the program in the test's directory and waits until it is ready. */
    private void run(Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                "io.proxystone.ProxyStone",
                "run"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log().toFile());
        builder.environment().putAll(environment);
        process = builder.start();
        await().atMost(Duration.ofSeconds(60)).until(() -> !process.isAlive() || said("is ready"));
        assertThat(process.isAlive()).as(Files.readString(log())).isTrue();
    }

    private Path log() {
        return directory.resolve("out.txt");
    }

    private boolean said(String text) throws IOException {
        return Files.readString(log()).contains(text);
    }

    private void signal(String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    private int manage(String path) throws Exception {
        return ask(path).statusCode();
    }

    private HttpResponse<String> ask(String path) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private void files(String settings, String properties) throws IOException {
        Files.createDirectories(directory.resolve("routes"));
        Files.createDirectories(directory.resolve("config"));
        Files.writeString(
                directory.resolve("routes/gateway.camel.yaml"), RunningGateway.everythingTo("upstream:origin"));
        Files.writeString(
                directory.resolve("config/proxy-stone.yaml"),
                RunningGateway.upstream("origin", origin.port()) + settings);
        Files.writeString(directory.resolve("config/application.properties"), "proxy.host=127.0.0.1\n" + properties);
    }

    @Test
    void oneOriginNeedsNoFiles() throws Exception {
        run(
                Map.of(),
                "--origin",
                "http://127.0.0.1:" + origin.port(),
                "--port",
                "" + port,
                "--management-port",
                "" + managementPort);
        try (RawClient client = new RawClient(port)) {
            assertThat(client.get("/any/path?x=y").text()).isEqualTo("hello");
            assertThat(origin.take().startLine()).isEqualTo("GET /any/path?x=y HTTP/1.1");
        }
        assertThat(manage("/health/ready")).isEqualTo(200);
        signal("TERM");
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(TERMINATED);
    }

    @Test
    void environmentComesBeforeTheProfileAndTheProfileBeforeTheCommonFile() throws Exception {
        int profilePort = Ports.free();
        files("", "proxy.port=1\nmanagement.port=1\nside.port=1\n");
        Files.writeString(
                directory.resolve("config/application-staging.properties"),
                "proxy.port=2\nmanagement.port=2\nside.port=" + profilePort + "\n");
        Files.writeString(
                directory.resolve("routes/side.camel.yaml"),
                RunningGateway.flow("side", "", "- setBody:\n    constant: side")
                        .replace("proxy.port", "side.port"));
        run(
                Map.of("PROXY_PORT", "3", "MANAGEMENT_PORT", "" + managementPort),
                "--profile",
                "staging",
                "--port",
                "" + port);
        assertThat(manage("/health/ready")).isEqualTo(200);
        try (RawClient commandLine = new RawClient(port);
                RawClient profile = new RawClient(profilePort)) {
            assertThat(commandLine.get("/").text()).isEqualTo("hello");
            assertThat(profile.get("/").text()).isEqualTo("side");
        }
    }

    @Test
    void hangUpReloadsAndTerminationDrainsUnderLoad() throws Exception {
        files(
                "shutdown: {delay: 1s, timeout: 10s}\n",
                "management.port=" + managementPort + "\nproxy.port=" + port + "\n");
        run(Map.of());
        signal("HUP");
        await().until(() -> ask("/metrics").body().contains("\nproxy_stone_revision 2.0"));

        Set<String> wrong = ConcurrentHashMap.newKeySet();
        AtomicInteger answered = new AtomicInteger();
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread client = new Thread(() -> untilToldToClose(answered, wrong));
            client.start();
            clients.add(client);
        }
        await().until(() -> answered.get() > 50);
        signal("TERM");
        await().pollInterval(Duration.ofMillis(20)).until(() -> manage("/health/ready") == 503);
        try (RawClient late = new RawClient(port)) {
            assertThat(late.get("/").text()).isEqualTo("hello");
        }
        signal("TERM");
        assertThat(manage("/health/live")).isEqualTo(200);
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(TERMINATED);
        for (Thread client : clients) {
            client.join();
        }
        assertThat(wrong).isEmpty();
    }

    /** Sends requests on one connection until an answer says that it closes. */
    private void untilToldToClose(AtomicInteger answered, Set<String> wrong) {
        try (RawClient client = new RawClient(port)) {
            RawMessage answer;
            do {
                answer = client.get("/");
                answered.incrementAndGet();
                if (!answer.text().equals("hello")) {
                    wrong.add(answer.toString());
                }
            } while (answer.field("Connection") == null);
        } catch (IOException e) {
            wrong.add(e.toString());
        }
    }

    @Test
    void requestThatNeverEndsIsCutAtTheTimeout() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (Origin silent = Origin.answering((request, connection) -> never.await())) {
            files("shutdown: {timeout: 1s}\n", "management.port=" + managementPort + "\nproxy.port=" + port + "\n");
            Files.writeString(
                    directory.resolve("config/proxy-stone.yaml"),
                    RunningGateway.upstream("origin", silent.port()) + "shutdown: {timeout: 1s}\n");
            run(Map.of());
            try (RawClient client = new RawClient(port)) {
                client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
                silent.take();
                signal("TERM");
                assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
                assertThat(process.exitValue()).isEqualTo(TERMINATED);
                assertThat(client.isClosedByPeer()).isTrue();
            }
        } finally {
            never.countDown();
        }
    }
}
