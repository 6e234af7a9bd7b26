package io.proxystone.edge;

import static io.proxystone.edge.Refusals.row;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Request lines that break RFC 9112 §3 or a limit, and what each is refused with. */
class MalformedRequestLineTest {
    private static Refusals refusals;

    @BeforeAll
    static void start() throws Exception {
        refusals = new Refusals();
    }

    @AfterAll
    static void stop() throws Exception {
        refusals.close();
    }

    @TestFactory
    Stream<DynamicTest> requestLineIsMethodTargetVersionWithOneSpaceBetween() {
        return refusals.tests(
                row(400, "no version (HTTP/0.9)", "GET /\r\n\r\n"),
                row(400, "no target", "GET HTTP/1.1\r\nHost: a.test\r\n\r\n"),
                row(400, "no target but both spaces", "GET  HTTP/1.1\r\nHost: a.test\r\n\r\n"),
                row(400, "method alone", "GET\r\n\r\n"),
                row(400, "two spaces before the target", "GET  / HTTP/1.1\r\nHost: a.test\r\n\r\n"),
                row(400, "two spaces before the version", "GET /  HTTP/1.1\r\nHost: a.test\r\n\r\n"),
                row(400, "tab before the target", "GET\t/ HTTP/1.1\r\nHost: a.test\r\n\r\n"),
                row(400, "tab before the version", "GET /\tHTTP/1.1\r\nHost: a.test\r\n\r\n"),
                row(400, "space after the version", "GET / HTTP/1.1 \r\nHost: a.test\r\n\r\n"),
                row(400, "word after the version", "GET / HTTP/1.1 x\r\nHost: a.test\r\n\r\n"),
                row(400, "space before the method", " GET / HTTP/1.1\r\nHost: a.test\r\n\r\n"),
                row(400, "empty line with a space before the method", " \r\nGET / HTTP/1.1\r\nHost: a.test\r\n\r\n"),
                row(400, "vertical tab as separator", "GET\u000b/ HTTP/1.1\r\nHost: a.test\r\n\r\n"),
                row(400, "bare LF ends it", "GET / HTTP/1.1\nHost: a.test\r\n\r\n"),
                row(400, "bare LF before it", "\nGET / HTTP/1.1\r\nHost: a.test\r\n\r\n"),
                row(400, "bare CR ends it", "GET / HTTP/1.1\rHost: a.test\r\n\r\n"),
                row(400, "two CRs end it", "GET / HTTP/1.1\r\r\nHost: a.test\r\n\r\n"),
                row(400, "bare CR inside the target", "GET /a\rb HTTP/1.1\r\nHost: a.test\r\n\r\n"));
    }

    @TestFactory
    Stream<DynamicTest> methodIsAToken() {
        return refusals.tests(
                row(400, "parenthesis", "G(T / HTTP/1.1\r\nHost: a.test\r\n\r\n"),
                row(400, "colon", "GET: / HTTP/1.1\r\nHost: a.test\r\n\r\n"),
                row(400, "slash", "GE/T / HTTP/1.1\r\nHost: a.test\r\n\r\n"),
                row(400, "NUL", "GE\0T / HTTP/1.1\r\nHost: a.test\r\n\r\n"),
                row(400, "octet beyond ASCII", "GE\u00c9T / HTTP/1.1\r\nHost: a.test\r\n\r\n"),
                row(400, "a TLS handshake", "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003\r\n\r\n"),
                row(
                        400,
                        "a TLS handshake without a line end",
                        "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003"));
    }

    @TestFactory
    Stream<DynamicTest> versionIsOneDotSomething() {
        return refusals.tests(
                row(400, "lower case", "GET / http/1.1\r\nHost: a.test\r\n\r\n"),
                row(400, "no minor version", "GET / HTTP/1\r\nHost: a.test\r\n\r\n"),
                row(400, "two digits", "GET / HTTP/1.10\r\nHost: a.test\r\n\r\n"),
                row(400, "leading zero", "GET / HTTP/01.1\r\nHost: a.test\r\n\r\n"),
                row(400, "letters", "GET / HTTP/a.b\r\nHost: a.test\r\n\r\n"),
                row(400, "another protocol", "GET / ICY/1.1\r\nHost: a.test\r\n\r\n"),
                row(505, "HTTP/2 by prior knowledge", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
                row(505, "version 2.0", "GET / HTTP/2.0\r\nHost: a.test\r\n\r\n"),
                row(505, "version 3.0", "GET / HTTP/3.0\r\nHost: a.test\r\n\r\n"),
                row(505, "version 0.9", "GET / HTTP/0.9\r\nHost: a.test\r\n\r\n"));
    }

    @TestFactory
    Stream<DynamicTest> targetHasAFormItsMethodAllows() {
        return refusals.tests(
                row(400, "relative path", "GET a/b HTTP/1.1\r\nHost: a.test\r\n\r\n"),
                row(400, "query alone", "GET ?q HTTP/1.1\r\nHost: a.test\r\n\r\n"),
                row(400, "authority without CONNECT", "GET a.test:80 HTTP/1.1\r\nHost: a.test\r\n\r\n"),
                row(400, "asterisk without OPTIONS", "GET * HTTP/1.1\r\nHost: a.test\r\n\r\n"),
                row(400, "asterisk with more", "OPTIONS *x HTTP/1.1\r\nHost: a.test\r\n\r\n"),
                row(400, "another scheme", "GET ftp://a.test/ HTTP/1.1\r\nHost: a.test\r\n\r\n"),
                row(400, "scheme with one slash", "GET http:/a.test/ HTTP/1.1\r\nHost: a.test\r\n\r\n"),
                row(400, "absolute form without host", "GET http:///x HTTP/1.1\r\nHost: a.test\r\n\r\n"),
                row(
                        400,
                        "absolute form with user info",
                        "GET http://user:secret@a.test/ HTTP/1.1\r\nHost: a.test\r\n\r\n"),
                row(400, "absolute form with empty user info", "GET http://@a.test/ HTTP/1.1\r\nHost: a.test\r\n\r\n"),
                row(400, "absolute form with malformed port", "GET http://a.test:8o/ HTTP/1.1\r\nHost: a.test\r\n\r\n"),
                row(400, "CONNECT to a path", "CONNECT /x HTTP/1.1\r\nHost: a.test\r\n\r\n"),
                row(400, "CONNECT without port", "CONNECT a.test HTTP/1.1\r\nHost: a.test\r\n\r\n"),
                row(405, "CONNECT", "CONNECT a.test:443 HTTP/1.1\r\nHost: a.test:443\r\n\r\n"));
    }

    @TestFactory
    Stream<DynamicTest> targetHasNoForbiddenOctets() {
        return refusals.tests(
                row(400, "fragment", "GET /a#b HTTP/1.1\r\nHost: a.test\r\n\r\n"),
                row(400, "fragment in the query", "GET /a?b#c HTTP/1.1\r\nHost: a.test\r\n\r\n"),
                row(400, "raw space", "GET /a b HTTP/1.1\r\nHost: a.test\r\n\r\n"),
                row(400, "raw NUL", "GET /a\0b HTTP/1.1\r\nHost: a.test\r\n\r\n"),
                row(400, "raw DEL", "GET /a\u007fb HTTP/1.1\r\nHost: a.test\r\n\r\n"),
                row(400, "raw tab", "GET /a\tb HTTP/1.1\r\nHost: a.test\r\n\r\n"),
                row(400, "percent sign alone", "GET /% HTTP/1.1\r\nHost: a.test\r\n\r\n"),
                row(400, "percent sign with one digit", "GET /%4 HTTP/1.1\r\nHost: a.test\r\n\r\n"),
                row(400, "percent sign without hexadecimal digits", "GET /%zz HTTP/1.1\r\nHost: a.test\r\n\r\n"),
                row(400, "UTF-16 escape", "GET /%u0041 HTTP/1.1\r\nHost: a.test\r\n\r\n"),
                row(400, "encoded NUL", "GET /a%00b HTTP/1.1\r\nHost: a.test\r\n\r\n"),
                row(
                        400,
                        "malformed encoding in the absolute form",
                        "GET http://a.test/%x HTTP/1.1\r\nHost: a.test\r\n\r\n"),
                row(400, "malformed encoding in a HEAD request", "HEAD /% HTTP/1.1\r\nHost: a.test\r\n\r\n"));
    }

    @TestFactory
    Stream<DynamicTest> limitsHaveTheirOwnStatus() {
        return refusals.tests(
                row(
                        414,
                        "request line longer than 8 KiB",
                        "GET /" + "a".repeat(8192) + " HTTP/1.1\r\nHost: a.test\r\n\r\n"),
                row(414, "query longer than 8 KiB", "GET /?" + "a".repeat(8192) + " HTTP/1.1\r\nHost: a.test\r\n\r\n"),
                row(
                        431,
                        "field section larger than 32 KiB",
                        "GET / HTTP/1.1\r\nHost: a.test\r\n" + "A: bcdefgh\r\n".repeat(3000) + "\r\n"),
                row(
                        431,
                        "one field larger than 32 KiB",
                        "GET / HTTP/1.1\r\nHost: a.test\r\nCookie: " + "a".repeat(32 * 1024) + "\r\n\r\n"),
                row(
                        431,
                        "more than 200 field lines",
                        "GET / HTTP/1.1\r\nHost: a.test\r\n" + "a:\r\n".repeat(200) + "\r\n"));
    }
}
