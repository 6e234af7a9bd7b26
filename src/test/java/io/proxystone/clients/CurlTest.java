package io.proxystone.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.proxystone.RunningGateway;
import io.proxystone.testing.Origin;
import io.proxystone.testing.RawMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** curl downloads. */
class CurlTest {
    private static final String CONTENT = "0123456789abcdefghij";

    private static Origin origin;
    private static RunningGateway gateway;

    @TempDir
    Path directory;

    private Program curl;

    @BeforeAll
    static void start() throws Exception {
        origin = Origin.answering(CurlTest::answer);
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

    private static void answer(RawMessage request, Origin.Connection connection) throws IOException {
        switch (request.startLine().split(" ", 3)[1]) {
            case "/range" -> answerRange(request, connection);
            case "/chunked" -> {
                connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Checksum\r\n\r\n");
                connection.sendChunk("0123456789");
                connection.sendChunk("abcdefghij");
                connection.send("0\r\nX-Checksum: abc\r\n\r\n");
            }
            case "/gzip" -> {
                byte[] zipped = gzip(CONTENT);
                connection.send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nVary: Accept-Encoding\r\nContent-Length: "
                        + zipped.length + "\r\n\r\n");
                connection.send(zipped);
            }
            case "/until-close" -> {
                connection.send("HTTP/1.0 200 OK\r\n\r\n" + CONTENT);
                connection.close();
            }
            case "/head" -> connection.send("HTTP/1.1 200 OK\r\nContent-Length: 12345678901\r\n\r\n");
            case "/login" ->
                connection.respond(302, "", "Location: /home", "Set-Cookie: a=1; Path=/", "Set-Cookie: b=2; Path=/");
            case "/early" -> {
                connection.send("HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n");
                connection.respond(200, CONTENT);
            }
            default -> connection.respond(200, CONTENT, "X-Origin: yes");
        }
    }

    private static void answerRange(RawMessage request, Origin.Connection connection) throws IOException {
        String[] range = request.field("Range").substring("bytes=".length()).split("-", 2);
        int first = Integer.parseInt(range[0]);
        int last = range[1].isEmpty() ? CONTENT.length() - 1 : Integer.parseInt(range[1]);
        connection.respond(
                206,
                CONTENT.substring(first, last + 1),
                "Content-Range: bytes " + first + "-" + last + "/" + CONTENT.length());
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return zipped.toByteArray();
    }

    private static String url(String path) {
        return "http://127.0.0.1:" + gateway.port() + path;
    }

    /** Runs curl quietly and returns what it wrote to standard output. */
    private String curl(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("--silent", "--show-error"));
        all.addAll(List.of(arguments));
        return curl.run(all).succeeded().text();
    }

    /** The next request that reached the origin. */
    private static RawMessage request() throws InterruptedException {
        return origin.take();
    }

    @Test
    void getsContentAndFields() throws Exception {
        assertThat(curl("--include", url("/a?b=c")))
                .startsWith("HTTP/1.1 200 ")
                .contains("X-Origin: yes\r\n")
                .endsWith("\r\n\r\n" + CONTENT);
        assertThat(request().startLine()).isEqualTo("GET /a?b=c HTTP/1.1");
    }

    @Test
    void sendsThePathAsItIs() throws Exception {
        curl("--path-as-is", "--globoff", url("/a/../b/./%2e%2E/{c}?[d]&%zz"));
        assertThat(request().startLine()).isEqualTo("GET /a/../b/./%2e%2E/{c}?[d]&%zz HTTP/1.1");
    }

    @Test
    void getsAHeadWithTheLengthOfWhatGetWouldSend() throws Exception {
        assertThat(curl("--head", url("/head"))).contains("Content-Length: 12345678901\r\n");
        assertThat(request().startLine()).isEqualTo("HEAD /head HTTP/1.1");
    }

    @Test
    void getsChunkedContentAndItsTrailer() throws Exception {
        assertThat(curl("--dump-header", "head.txt", "--header", "TE: trailers", url("/chunked")))
                .isEqualTo(CONTENT);
        assertThat(Files.readString(directory.resolve("head.txt")))
                .contains("Transfer-Encoding: chunked\r\n")
                .endsWith("\r\n\r\nX-Checksum: abc\r\n");
        assertThat(request().field("TE")).isEqualTo("trailers");
    }

    @Test
    void getsChunkedContentAsAnOldClientWithoutChunks() throws Exception {
        String answer = curl("--http1.0", "--raw", "--include", url("/chunked"));
        assertThat(answer).doesNotContainIgnoringCase("Transfer-Encoding").endsWith("\r\n\r\n" + CONTENT);
        assertThat(request().startLine()).isEqualTo("GET /chunked HTTP/1.1");
    }

    @Test
    void getsContentThatEndsWithTheOriginsConnection() throws Exception {
        assertThat(curl(url("/until-close"), url("/until-close"))).isEqualTo(CONTENT + CONTENT);
        request();
    }

    @Test
    void getsARange() throws Exception {
        assertThat(curl("--include", "--range", "5-9", url("/range")))
                .startsWith("HTTP/1.1 206 ")
                .contains("Content-Range: bytes 5-9/20\r\n")
                .endsWith("\r\n\r\n56789");
        assertThat(request().field("Range")).isEqualTo("bytes=5-9");
    }

    @Test
    void resumesADownload() throws Exception {
        Path file = Files.writeString(directory.resolve("download"), CONTENT.substring(0, 7));
        curl("--continue-at", "-", "--output", file.toString(), url("/range"));
        assertThat(file).hasContent(CONTENT);
        assertThat(request().field("Range")).isEqualTo("bytes=7-");
    }

    @Test
    void getsCompressedContentAsTheOriginCompressedIt() throws Exception {
        assertThat(curl("--compressed", url("/gzip"))).isEqualTo(CONTENT);
        assertThat(request().field("Accept-Encoding")).contains("gzip");
        byte[] untouched = curl.run("--silent", url("/gzip")).output();
        assertThat(untouched).isEqualTo(gzip(CONTENT));
    }

    @Test
    void keepsATransferCodingBetweenItselfAndTheGateway() throws Exception {
        assertThat(curl("--tr-encoding", url("/chunked"))).isEqualTo(CONTENT);
        RawMessage request = request();
        assertThat(request.fields("TE")).isEmpty();
        assertThat(request.fields("Connection")).isEmpty();
    }

    @Test
    void getsManyResourcesOverOneConnection() throws Exception {
        String each = curl("--write-out", "\n%{num_connects} ", url("/chunked"), url("/a"), url("/gzip"), url("/b"));
        assertThat(each.lines().filter(line -> line.matches("\\d .*")).map(line -> line.substring(0, 1)))
                .containsExactly("1", "0", "0", "0");
    }

    @Test
    void getsManyResourcesAtOnce() throws Exception {
        curl("--parallel", "--parallel-immediate", "--output", "#1.txt", url("/[1-40]"));
        for (int i = 1; i <= 40; i++) {
            assertThat(directory.resolve(i + ".txt")).hasContent(CONTENT);
        }
    }

    @Test
    void followsARedirectWithItsCookies() throws Exception {
        String answer = curl("--location", "--cookie-jar", "jar", "--cookie", "", url("/login"));
        assertThat(answer).isEqualTo(CONTENT);
        request();
        RawMessage followed = request();
        assertThat(followed.startLine()).isEqualTo("GET /home HTTP/1.1");
        assertThat(followed.field("Cookie").split("; ")).containsExactlyInAnyOrder("a=1", "b=2");
    }

    @Test
    void seesEarlyHints() throws Exception {
        assertThat(curl("--include", url("/early")))
                .startsWith("HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\nHTTP/1.1 200 ");
    }

    @Test
    void asksForHttp2AndIsAnsweredWithoutIt() throws Exception {
        assertThat(curl("--http2", "--include", url("/a")))
                .startsWith("HTTP/1.1 200 ")
                .endsWith(CONTENT);
        RawMessage request = request();
        assertThat(request.fields("Upgrade")).isEmpty();
        assertThat(request.fields("HTTP2-Settings")).isEmpty();
        assertThat(request.fields("Connection")).isEmpty();
    }

    @Test
    void asksForAWebSocketAndIsAnsweredWithoutIt() throws Exception {
        assertThat(curl(
                        "--include",
                        "--header",
                        "Connection: keep-alive, Upgrade",
                        "--header",
                        "Upgrade: websocket",
                        "--header",
                        "Sec-WebSocket-Version: 13",
                        "--header",
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                        url("/socket")))
                .startsWith("HTTP/1.1 200 ")
                .endsWith(CONTENT);
        RawMessage request = request();
        assertThat(request.fields("Upgrade")).isEmpty();
        assertThat(request.fields("Connection")).isEmpty();
    }

    @Test
    void takesTheGatewayForAProxy() throws Exception {
        assertThat(curl("--proxy", url(""), "http://shop.example:81/a")).isEqualTo(CONTENT);
        RawMessage request = request();
        assertThat(request.startLine()).isEqualTo("GET /a HTTP/1.1");
        assertThat(request.field("Host")).isEqualTo("shop.example:81");
        assertThat(request.fields("Proxy-Connection")).isEmpty();
    }
}
