package io.proxystone.http.http1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.proxystone.http.FieldName;
import io.proxystone.http.HttpVersion;
import io.proxystone.http.RequestHead;
import io.proxystone.http.ResponseHead;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Heads found, parsed and read for their framing (RFC 9112 §2 to §6); what is refused over sockets is proven there. */
class HeadTest {
    private final HeadParser parser = new HeadParser(100);

    private static byte[] octets(String text) {
        return text.getBytes(ISO_8859_1);
    }

    private ResponseHead response(String head) throws MessageSyntaxException {
        return parser.parseResponse(octets(head));
    }

    @Test
    void endOfAHeadIsFoundHoweverItArrives() throws MessageSyntaxException {
        byte[] head = octets("GET / HTTP/1.1\r\nA: b\r\n\r\nmore");
        int length = head.length - "more".length();
        for (int split = 0; split < length; split++) {
            HeadScanner scanner = new HeadScanner(100, 100, false);
            assertThat(scanner.scan(head, split)).isEqualTo(-1);
            assertThat(scanner.scan(head, split + 1)).isEqualTo(split + 1 == length ? length : -1);
            assertThat(scanner.scan(head, head.length)).isEqualTo(length);
            scanner.reset();
            assertThat(scanner.scan(head, head.length)).isEqualTo(length);
        }
    }

    @Test
    void limitsHoldToTheOctet() throws MessageSyntaxException {
        byte[] head = octets("GET / HTTP/1.1\r\nA: b\r\n\r\n");
        assertThat(new HeadScanner(14, head.length, false).scan(head, head.length))
                .isEqualTo(head.length);
        assertThatThrownBy(() -> new HeadScanner(13, head.length, false).scan(head, head.length))
                .hasMessage(Violation.TARGET_TOO_LONG.description());
        assertThatThrownBy(() -> new HeadScanner(14, head.length - 1, false).scan(head, head.length))
                .hasMessage(Violation.FIELDS_TOO_LARGE.description());
        assertThatThrownBy(() -> new HeadScanner(10, 100, false).scan(head, 11))
                .hasMessage(Violation.TARGET_TOO_LONG.description());
    }

    @Test
    void requestIsReadWithItsFields() throws MessageSyntaxException {
        RequestHead head = parser.parseRequest(octets(
                "M-SEARCH /a?b HTTP/1.0\r\nHOST:a.test\r\nX-Empty:\r\nX-Space: \t a  b\t \r\nx-empty: \u00e9\r\n\r\n"));
        assertThat(head.method()).isEqualTo("M-SEARCH");
        assertThat(head.target().rawPath()).isEqualTo("/a");
        assertThat(head.version()).isEqualTo(HttpVersion.HTTP_1_0);
        assertThat(head.fields().first(FieldName.HOST)).isEqualTo("a.test");
        assertThat(head.fields().name(0)).isEqualTo("HOST");
        assertThat(head.fields().all("X-EMPTY")).containsExactly("", "\u00e9");
        assertThat(head.fields().all("x-space")).containsExactly("a  b");
        assertThat(head.fields().names()).containsExactly("host", "x-empty", "x-space");
    }

    @Test
    void responsesMayBeOldFashioned() throws MessageSyntaxException {
        ResponseHead head = response("HTTP/1.0 200\nA : b\nC: d\n  e\r\n\tf\nG:h\n\n");
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.reason()).isEmpty();
        assertThat(head.fields().names()).containsExactly("a", "c", "g");
        assertThat(head.fields().value(1)).matches("d\\s+e\\s+f");
        assertThat(response("HTTP/1.1 404 N\u00f6t  here\r\n\r\n").reason()).isEqualTo("N\u00f6t  here");
        assertThat(response("HTTP/1.1 200 \r\n\r\n").reason()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 20 OK", "HTTP/1.1 2000 OK", "HTTP/1.1 099 OK", "HTTP/1.1  200 OK", "HTTP/1.1 2x0 OK",
                        "HTTP/1.1",
                "HTTP/1.1 200\tOK", "HTTP/1.1 200 O\0K", "ICY 200 OK", "http/1.1 200 OK", "HTTP/2.0 200 OK",
                        "HTTP/1.1 +20 OK"
            })
    void malformedStatusLineIsRefused(String line) {
        assertThatThrownBy(() -> response(line + "\r\n\r\n")).isInstanceOf(MessageSyntaxException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, 200, 'Content-Length: 5', LENGTH",
        "GET, 200, 'Content-Length: 5, 5', LENGTH",
        "GET, 200, 'Content-Length: 5\r\nContent-Length: 5', LENGTH",
        "GET, 200, 'Content-Length: 0', LENGTH",
        "GET, 200, 'Transfer-Encoding: chunked', CHUNKED",
        "GET, 200, 'Transfer-Encoding: CHUNKED', CHUNKED",
        "GET, 200, 'A: b', UNTIL_CLOSE",
        "HEAD, 200, 'Content-Length: 5', NONE",
        "HEAD, 200, 'Transfer-Encoding: chunked', NONE",
        "GET, 204, 'Content-Length: 5', NONE",
        "GET, 304, 'Content-Length: 5', NONE",
        "GET, 103, 'Content-Length: 5', NONE",
        "GET, 200, 'Content-Length: 5, 6',",
        "GET, 200, 'Content-Length: 5\r\nContent-Length: 6',",
        "GET, 200, 'Content-Length: x',",
        "GET, 200, 'Content-Length: 5\r\nTransfer-Encoding: chunked',",
        "GET, 200, 'Transfer-Encoding: gzip',",
        "GET, 200, 'Transfer-Encoding: chunked, chunked',"
    })
    void framingOfAResponse(String method, int status, String fields, Framing.Kind kind) throws MessageSyntaxException {
        ResponseHead head = response("HTTP/1.1 " + status + " OK\r\n" + fields + "\r\n\r\n");
        if (kind == null) {
            assertThatThrownBy(() -> Framing.of(method, head)).isInstanceOf(MessageSyntaxException.class);
        } else {
            assertThat(Framing.of(method, head).kind()).isEqualTo(kind);
        }
    }

    @Test
    void largestContentLengthHas63Bits() throws MessageSyntaxException {
        String request = "PUT / HTTP/1.1\r\nContent-Length: 0009223372036854775807\r\n\r\n";
        assertThat(Framing.of(parser.parseRequest(octets(request))).length()).isEqualTo(Long.MAX_VALUE);
    }
}
