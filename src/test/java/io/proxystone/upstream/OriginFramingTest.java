package io.proxystone.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.proxystone.testing.RawClient;
import io.proxystone.testing.RawMessage;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** How the end of an origin's response is found (RFC 9112 §6.3), and what is no response at all. */
class OriginFramingTest extends ScriptedOriginTest {
    private static final String OK = "HTTP/1.1 200 OK\r\n";

    /** What an origin sends, and what reaches the client: a status and content. */
    private record Case(String name, String octets, int status, String content) {}

    private static Case good(String name, String octets, String content) {
        return new Case(name, octets, 200, content);
    }

    private static Case bad(String name, String octets) {
        return new Case(name, octets, 502, "");
    }

    private static Stream<Case> cases() {
        String chunked = OK + "Transfer-Encoding: chunked\r\n\r\n";
        return Stream.of(
                good("no framing, until close", OK + "\r\nhello", "hello"),
                good("no framing, no content", OK + "\r\n", ""),
                good("HTTP/1.0 until close", "HTTP/1.0 200 OK\r\n\r\nhello", "hello"),
                good("HTTP/1.0 with length", "HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello", "hello"),
                good("later minor version", "HTTP/1.9 200 OK\r\nContent-Length: 5\r\n\r\nhello", "hello"),
                good("length 0", OK + "Content-Length: 0\r\n\r\n", ""),
                good("length repeated in lines", OK + "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello", "hello"),
                good("length repeated in a list", OK + "Content-Length: 5, 5\r\n\r\nhello", "hello"),
                good("chunks", chunked + "3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n", "hello"),
                good("chunked in capitals", OK + "Transfer-Encoding: CHUNKED\r\n\r\n5\r\nhello\r\n0\r\n\r\n", "hello"),
                good("chunk extensions", chunked + "5;a;b=c;d=\"e;\\\"f\"\r\nhello\r\n00 ; x\r\n\r\n", "hello"),
                good("leading zeros", chunked + "00005\r\nhello\r\n000\r\n\r\n", "hello"),
                good("trailers", chunked + "5\r\nhello\r\n0\r\nA: b\r\nC: d\r\n\r\n", "hello"),
                good("bare LF in the head", "HTTP/1.1 200 OK\nContent-Length: 5\n\nhello", "hello"),
                good("empty line before the head", "\r\n" + OK + "Content-Length: 5\r\n\r\nhello", "hello"),
                good("no reason phrase", "HTTP/1.1 200\r\nContent-Length: 5\r\n\r\nhello", "hello"),
                good("space before the colon", OK + "Content-Length : 5\r\n\r\nhello", "hello"),
                bad("nothing", ""),
                bad("half a status line", "HTTP/1.1 20"),
                bad("half a head", OK + "Content-Length: 5\r\n"),
                bad("not HTTP", "SSH-2.0-OpenSSH_9.2p1\r\n\r\n"),
                bad("HTTP/0.9", "hello"),
                bad("HTTP/2", "HTTP/2.0 200 OK\r\n\r\n"),
                bad("lower case version", "http/1.1 200 OK\r\n\r\n"),
                bad("two digits", "HTTP/1.1 20 OK\r\n\r\n"),
                bad("four digits", "HTTP/1.1 2000 OK\r\n\r\n"),
                bad("status below 100", "HTTP/1.1 099 OK\r\n\r\n"),
                bad("two spaces", "HTTP/1.1  200 OK\r\n\r\n"),
                bad("control character in the reason", "HTTP/1.1 200 O\u0001K\r\n\r\n"),
                bad("no colon", OK + "Content-Length 5\r\n\r\nhello"),
                bad("empty name", OK + ": x\r\n\r\n"),
                bad("space in a name", OK + "X Y: x\r\n\r\n"),
                bad("obs-text in a name", OK + "X\u00e9: x\r\n\r\n"),
                bad("NUL in a value", OK + "X: a\u0000b\r\n\r\n"),
                bad("bare CR in a value", OK + "X: a\rb\r\nContent-Length: 0\r\n\r\n"),
                bad("first field folded", OK + " X: a\r\nContent-Length: 0\r\n\r\n"),
                bad(
                        "length and chunked",
                        OK + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"),
                bad("different lengths", OK + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!"),
                bad("different lengths in a list", OK + "Content-Length: 5, 6\r\n\r\nhello!"),
                bad("length with a sign", OK + "Content-Length: +5\r\n\r\nhello"),
                bad("negative length", OK + "Content-Length: -1\r\n\r\nhello"),
                bad("hexadecimal length", OK + "Content-Length: 0x5\r\n\r\nhello"),
                bad("empty length", OK + "Content-Length:\r\n\r\nhello"),
                bad("length beyond 63 bits", OK + "Content-Length: 9223372036854775808\r\n\r\nhello"),
                bad("unknown coding", OK + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
                bad("chunked twice", OK + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n"),
                bad("chunked not last", OK + "Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n"),
                bad("identity", OK + "Transfer-Encoding: identity\r\n\r\nhello"),
                bad("chunked in HTTP/1.0", "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                bad("head over 64 KiB", OK + "X: " + "x".repeat(65 * 1024) + "\r\n\r\n"),
                bad("status line over 8 KiB", "HTTP/1.1 200 " + "x".repeat(9 * 1024) + "\r\n\r\n"),
                bad("more than 500 fields", OK + "X: y\r\n".repeat(501) + "Content-Length: 0\r\n\r\n"),
                bad("switch nobody asked for", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\nhello"));
    }

    @TestFactory
    Stream<DynamicTest> responsesAsOriginsSendThem() {
        return cases().map(each -> DynamicTest.dynamicTest(each.name, () -> {
            originSendsAndCloses(each.octets);
            RawMessage response = get();
            assertThat(response.status()).isEqualTo(each.status);
            if (each.status == 200) {
                assertThat(response.text()).isEqualTo(each.content);
            } else {
                assertThat(response.text()).contains("urn:proxy-stone:problem:bad-gateway");
            }
        }));
    }

    @TestFactory
    Stream<DynamicTest> headsArriveWholeHoweverTheyAreCut() {
        String response = OK + "A: b\r\nContent-Length: 5\r\n\r\nhello";
        return Stream.of(1, 7)
                .map(size -> DynamicTest.dynamicTest(size + " octets at a time", () -> {
                    originAnswers((request, connection) -> {
                        for (int i = 0; i < response.length(); i += size) {
                            connection.send(response.substring(i, Math.min(response.length(), i + size)));
                        }
                    });
                    RawMessage whole = get();
                    assertThat(whole.text()).isEqualTo("hello");
                    assertThat(whole.field("A")).isEqualTo("b");
                }));
    }

    @Test
    void foldedFieldBecomesOneLine() throws Exception {
        originSends(OK + "X-Folded: a\r\n  b\r\n\tc\r\nContent-Length: 2\r\n\r\nok");
        assertThat(get().field("X-Folded").replaceAll(" +", " ").replace('\t', ' '))
                .matches("a +b +c");
    }

    @TestFactory
    Stream<DynamicTest> badChunksCutTheAnswer() {
        String head = OK + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n";
        return Stream.of(
                        "x\r\n",
                        "-1\r\n",
                        "0x1\r\na\r\n",
                        "\r\n",
                        " 1\r\na\r\n",
                        "1\na\r\n",
                        "1\rXa\r\n",
                        "1\r\nab\r\n",
                        "1\r\na\n0\r\n\r\n",
                        "1;a=\u0000\r\na\r\n",
                        "1;" + "a".repeat(2000) + "\r\na\r\n",
                        "fffffffffffffffff\r\na",
                        "0\r\nno colon\r\n\r\n",
                        "0\r\nX: a\n\r\n",
                        "0\r\n X: a\r\n\r\n",
                        "0\r\nX: " + "a".repeat(20_000) + "\r\n\r\n")
                .map(rest -> DynamicTest.dynamicTest(rest.replaceAll("\\R", "¶"), () -> {
                    originSends(head + rest);
                    try (RawClient client = gateway.connect()) {
                        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
                        assertThat(client.readHead().get(0)).isEqualTo("HTTP/1.1 200 OK");
                        assertThat(isCut(client)).isTrue();
                    }
                }));
    }

    /** Whether a chunked answer ends without its last chunk. */
    private static boolean isCut(RawClient client) throws IOException {
        try {
            while (client.readChunk().length > 0) {
                // reads on
            }
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @TestFactory
    Stream<DynamicTest> responsesWithoutContentMayTellItsLength() {
        return Stream.of("HEAD 200", "GET 204", "GET 304", "HEAD 304", "HEAD 404")
                .map(row -> DynamicTest.dynamicTest(row, () -> {
                    String method = row.substring(0, row.indexOf(' '));
                    int status = Integer.parseInt(row.substring(row.indexOf(' ') + 1));
                    originSends("HTTP/1.1 " + status + " X\r\nContent-Length: 12345\r\nETag: \"x\"\r\n\r\n");
                    try (RawClient client = gateway.connect()) {
                        int before = origin.connections();
                        for (int i = 0; i < 3; i++) {
                            RawMessage response = client.exchange(method, "/");
                            assertThat(response.status()).isEqualTo(status);
                            assertThat(response.field("Content-Length")).isEqualTo(status == 204 ? null : "12345");
                            assertThat(response.field("Transfer-Encoding")).isNull();
                            assertThat(response.field("ETag")).isEqualTo("\"x\"");
                        }
                        assertThat(origin.connections() - before).isLessThanOrEqualTo(1);
                    }
                }));
    }

    @Test
    void headResponseThatWouldBeChunkedHasNoContent() throws Exception {
        originSends(OK + "Transfer-Encoding: chunked\r\n\r\n");
        try (RawClient client = gateway.connect()) {
            assertThat(client.exchange("HEAD", "/").status()).isEqualTo(200);
            assertThat(client.exchange("HEAD", "/").status()).isEqualTo(200);
        }
    }

    @TestFactory
    Stream<DynamicTest> octetsAfterTheResponseEndTheConnection() {
        return Stream.of(
                        OK + "Content-Length: 2\r\n\r\nokEXTRA",
                        OK + "Content-Length: 2\r\n\r\nok" + OK + "Content-Length: 6\r\n\r\nevil!!",
                        OK + "Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\nEXTRA",
                        "HTTP/1.1 204 No Content\r\n\r\nEXTRA",
                        "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\nEXTRA")
                .map(octets -> DynamicTest.dynamicTest(octets.replaceAll("\\R", "¶"), () -> {
                    originSends(octets);
                    try (RawClient client = gateway.connect()) {
                        for (int i = 0; i < 3; i++) {
                            int before = origin.connections();
                            RawMessage response = client.get("/" + i);
                            assertThat(response.text()).isIn("ok", "");
                            assertThat(response.status()).isIn(200, 204, 304);
                            assertThat(origin.connections()).isEqualTo(before + 1);
                        }
                    }
                }));
    }
}
