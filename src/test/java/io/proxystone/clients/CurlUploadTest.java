package io.proxystone.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.proxystone.RunningGateway;
import io.proxystone.testing.Origin;
import io.proxystone.testing.RawMessage;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** curl uploads. The origin gives its 100 (Continue) only where the test says so. */
class CurlUploadTest {
    private static final int LARGE = 5_000_000;

    private static Origin origin;
    private static RunningGateway gateway;

    @TempDir
    Path directory;

    private Program curl;

    @BeforeAll
    static void start() throws Exception {
        origin = Origin.connections(connection -> {
            while (true) {
                serve(connection);
            }
        });
        gateway = RunningGateway.with().passThrough(origin.port()).start();
    }

    @AfterAll
    static void stop() throws IOException {
        gateway.close();
        origin.close();
    }

    @BeforeEach
    void findCurl() {
        origin.forgetRequests();
        curl = Program.named("curl", directory);
    }

    private static void serve(Origin.Connection connection) throws Exception {
        RawMessage head = connection.readRequestHead();
        if (head.startLine().contains("/refused")) {
            connection.respond(403, "No.", "Connection: close");
            connection.halfClose();
            connection.readRest(head);
            return;
        }
        if (head.startLine().contains("/reset")) {
            // To close with content unread resets the connection, behind the answer.
            connection.respond(403, "No.", "Connection: close");
            connection.close();
            throw new EOFException();
        }
        if (head.field("Expect") != null) {
            connection.send("HTTP/1.1 100 Continue\r\n\r\n");
        }
        connection.respond(201, digest(connection.readRest(head).body()));
    }

    private static String digest(byte[] content) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }

    private Program.Result curl(String... arguments) throws Exception {
        return curlFrom(Path.of("/dev/null"), arguments);
    }

    private Program.Result curlFrom(Path input, String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("--silent", "--show-error", "--include"));
        all.addAll(List.of(arguments));
        all.set(all.size() - 1, "http://127.0.0.1:" + gateway.port() + all.get(all.size() - 1));
        return curl.run(input, all);
    }

    private Path file(int size) throws IOException {
        byte[] octets = new byte[size];
        new Random(size).nextBytes(octets);
        return Files.write(directory.resolve(size + ".bin"), octets);
    }

    /** That curl succeeded and the origin got exactly this content. */
    private static void assertArrived(Program.Result result, byte[] content) throws Exception {
        assertThat(result.succeeded().text()).contains("HTTP/1.1 201 ").endsWith("\r\n\r\n" + digest(content));
    }

    @Test
    void postsAForm() throws Exception {
        Program.Result result = curl("--data", "a=1&b=2", "--data-urlencode", "c=\u00f6", "/form");
        assertArrived(result, "a=1&b=2&c=%C3%B6".getBytes(StandardCharsets.US_ASCII));
        RawMessage request = origin.take();
        assertThat(request.startLine()).isEqualTo("POST /form HTTP/1.1");
        assertThat(request.field("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
        assertThat(request.field("Content-Length")).isEqualTo("16");
    }

    @Test
    void postsNothing() throws Exception {
        assertArrived(curl("--data", "", "/nothing"), new byte[0]);
        assertThat(origin.take().field("Content-Length")).isEqualTo("0");
    }

    @Test
    void postsFilesOfAForm() throws Exception {
        Path file = file(LARGE);
        Program.Result result = curl("--form", "name=x", "--form", "file=@" + file, "/files");
        assertThat(result.succeeded().text()).contains("HTTP/1.1 201 ");
        RawMessage request = origin.take();
        assertThat(request.field("Content-Type")).startsWith("multipart/form-data; boundary=");
        assertThat(Long.parseLong(request.field("Content-Length"))).isGreaterThan(LARGE);
    }

    @Test
    void putsAFileWhenTheOriginSaysContinue() throws Exception {
        Path file = file(LARGE);
        Program.Result result = curl(
                "--header",
                "Expect: 100-continue",
                "--expect100-timeout",
                "100",
                "--upload-file",
                file.toString(),
                "/put");
        assertArrived(result, Files.readAllBytes(file));
        assertThat(result.text()).startsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 ");
        RawMessage request = origin.take();
        assertThat(request.startLine()).isEqualTo("PUT /put HTTP/1.1");
        assertThat(request.field("Expect")).isEqualTo("100-continue");
        assertThat(request.field("Content-Length")).isEqualTo(Integer.toString(LARGE));
    }

    @Test
    void sendsNothingWhenTheOriginRefusesFirst() throws Exception {
        Program.Result result = curl(
                "--header",
                "Expect: 100-continue",
                "--expect100-timeout",
                "100",
                "--write-out",
                "\nsent %{size_upload}",
                "--upload-file",
                file(LARGE).toString(),
                "/refused");
        assertThat(result.succeeded().text()).startsWith("HTTP/1.1 403 ").endsWith("\r\n\r\nNo.\nsent 0");
    }

    @Test
    void readsARefusalThatComesWhileItSends() throws Exception {
        Program.Result result =
                curl("--header", "Expect:", "--upload-file", file(LARGE).toString(), "/refused");
        assertThat(result.text()).startsWith("HTTP/1.1 403 ").endsWith("\r\n\r\nNo.");
    }

    @Test
    void readsARefusalOfAnOriginThatReadsNoFurther() throws Exception {
        Path file = file(LARGE);
        for (int i = 0; i < 10; i++) {
            Program.Result result = curl("--header", "Expect:", "--upload-file", file.toString(), "/reset");
            assertThat(result.text()).startsWith("HTTP/1.1 403 ").endsWith("\r\n\r\nNo.");
        }
    }

    @Test
    void putsWhatItDoesNotKnowTheLengthOf() throws Exception {
        Path file = file(LARGE);
        assertArrived(curlFrom(file, "--upload-file", "-", "/chunked"), Files.readAllBytes(file));
        RawMessage request = origin.take();
        assertThat(request.field("Transfer-Encoding")).isEqualTo("chunked");
        assertThat(request.field("Content-Length")).isNull();
    }

    @Test
    void putsAFileAsAnOldClient() throws Exception {
        Path file = file(LARGE);
        Program.Result result = curl("--http1.0", "--upload-file", file.toString(), "/put");
        assertArrived(result, Files.readAllBytes(file));
        assertThat(origin.take().field("Expect")).isNull();
    }

    @Test
    void sendsWithAnyMethod() throws Exception {
        for (String method : List.of("DELETE", "PATCH", "PROPFIND", "OPTIONS", "GET")) {
            Program.Result result = curl("--request", method, "--data", "content", "/any");
            assertArrived(result, "content".getBytes(StandardCharsets.US_ASCII));
            assertThat(origin.take().startLine()).isEqualTo(method + " /any HTTP/1.1");
        }
    }
}
