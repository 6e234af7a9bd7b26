package io.proxystone.edge;

import static io.proxystone.edge.Refusals.row;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Requests of which two parsers could see different ends (RFC 9112 §6), and what each is refused with. */
class AmbiguousFramingTest {
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
    Stream<DynamicTest> contentLengthIsOneNumber() {
        return refusals.tests(
                row(400, "empty", "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: \r\n\r\nhello"),
                row(400, "plus sign", "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: +5\r\n\r\nhello"),
                row(400, "minus sign", "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: -5\r\n\r\nhello"),
                row(
                        400,
                        "zero with a minus sign",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: -0\r\n\r\nhello"),
                row(400, "hexadecimal", "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 0x5\r\n\r\nhello"),
                row(400, "hexadecimal letters", "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: a\r\n\r\nhello"),
                row(400, "fraction", "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 5.0\r\n\r\nhello"),
                row(400, "exponent", "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 5e0\r\n\r\nhello"),
                row(400, "words", "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: five\r\n\r\nhello"),
                row(400, "two numbers", "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 5 5\r\n\r\nhello"),
                row(
                        400,
                        "list of equal numbers",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 5, 5\r\n\r\nhello"),
                row(
                        400,
                        "list of different numbers",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 5, 6\r\n\r\nhello"),
                row(400, "empty list element", "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 5,\r\n\r\nhello"),
                row(400, "semicolon", "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 5;a\r\n\r\nhello"),
                row(400, "quotes", "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: \"5\"\r\n\r\nhello"),
                row(400, "no-break space", "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 5\u00a0\r\n\r\nhello"),
                row(
                        400,
                        "Arabic digit five in UTF-8",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: \u00d9\u00a5\r\n\r\nhello"),
                row(
                        400,
                        "beyond 63 bits",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 9223372036854775808\r\n\r\nhello"),
                row(
                        400,
                        "wraps to 5 in 64 bits",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 18446744073709551621\r\n\r\nhello"),
                row(
                        400,
                        "wraps to 5 in 32 bits, twice",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 4294967301, 5\r\n\r\nhello"),
                row(
                        400,
                        "repeated, equal",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nhello"),
                row(
                        400,
                        "repeated, different",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello"),
                row(
                        400,
                        "repeated in other case",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 5\r\ncontent-length: 0\r\n\r\nhello"),
                row(
                        400,
                        "repeated with zero first, GET",
                        "GET / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 0\r\nContent-Length: 44\r\n\r\n"),
                row(
                        400,
                        "repeated, empty second",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 5\r\nContent-Length:\r\n\r\nhello"));
    }

    @TestFactory
    Stream<DynamicTest> transferEncodingIsChunkedAndStandsAlone() {
        return refusals.tests(
                row(
                        400,
                        "Content-Length before",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                row(
                        400,
                        "Content-Length after",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n"),
                row(
                        400,
                        "Content-Length zero",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n0\r\n\r\n"),
                row(
                        400,
                        "malformed Content-Length",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\nContent-Length: x\r\n\r\n0\r\n\r\n"),
                row(
                        400,
                        "Content-Length beside identity",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 5\r\nTransfer-Encoding: identity\r\n\r\nhello"),
                row(
                        400,
                        "Content-Length beside an unknown coding",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 5\r\nTransfer-Encoding: cow\r\n\r\nhello"),
                row(
                        400,
                        "Content-Length beside an empty coding",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 5\r\nTransfer-Encoding:\r\n\r\nhello"),
                row(400, "empty", "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: \r\n\r\n0\r\n\r\n"),
                row(400, "comma alone", "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: ,\r\n\r\n0\r\n\r\n"),
                row(400, "identity", "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n"),
                row(
                        400,
                        "chunked twice",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n"),
                row(
                        400,
                        "chunked twice in other case",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked, Chunked\r\n\r\n0\r\n\r\n"),
                row(
                        400,
                        "chunked not last",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n"),
                row(
                        400,
                        "chunked then identity",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n"),
                row(
                        400,
                        "letter before",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
                row(
                        400,
                        "letter after",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunkedx\r\n\r\n0\r\n\r\n"),
                row(400, "hyphen", "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: x-chunked\r\n\r\n0\r\n\r\n"),
                row(
                        400,
                        "not chunked at all",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: gzip\r\n\r\n0\r\n\r\n"),
                row(
                        400,
                        "parameter",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked;q=1\r\n\r\n0\r\n\r\n"),
                row(
                        400,
                        "quotes",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n"),
                row(
                        400,
                        "single quotes",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: 'chunked'\r\n\r\n0\r\n\r\n"),
                row(
                        400,
                        "empty element before",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: , chunked\r\n\r\n0\r\n\r\n"),
                row(
                        400,
                        "empty element after",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked,\r\n\r\n0\r\n\r\n"),
                row(
                        400,
                        "no comma",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: gzip chunked\r\n\r\n0\r\n\r\n"),
                row(
                        400,
                        "control character",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: \u000bchunked\r\n\r\n0\r\n\r\n"),
                row(
                        400,
                        "no-break space",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: \u00a0chunked\r\n\r\n0\r\n\r\n"),
                row(
                        501,
                        "coding before chunked",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
                row(
                        501,
                        "unknown coding before chunked",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: cow, chunked\r\n\r\n0\r\n\r\n"),
                row(
                        501,
                        "identity before chunked",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: identity, chunked\r\n\r\n0\r\n\r\n"),
                row(
                        400,
                        "two lines, both chunked",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                row(
                        400,
                        "two lines, the second unknown",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\nTransfer-encoding: cow\r\n\r\n0\r\n\r\n"),
                row(
                        400,
                        "two lines, the second identity",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n"),
                row(
                        501,
                        "two lines, the second chunked",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                row(400, "HTTP/1.0", "POST / HTTP/1.0\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                row(
                        400,
                        "HTTP/1.0 with Content-Length and keep-alive",
                        "POST / HTTP/1.0\r\nConnection: keep-alive\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\nhello"),
                row(
                        400,
                        "GET with both",
                        "GET / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"));
    }
}
