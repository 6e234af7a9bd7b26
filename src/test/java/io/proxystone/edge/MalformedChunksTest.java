package io.proxystone.edge;

import static io.proxystone.edge.Refusals.row;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Chunked content that breaks RFC 9112 §7.1, and what each is refused with. */
class MalformedChunksTest {
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
    Stream<DynamicTest> chunkSizeIsHexadecimal() {
        return refusals.tests(
                row(
                        400,
                        "minus sign",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n0\r\n\r\n"),
                row(
                        400,
                        "plus sign",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n+5\r\nhello\r\n0\r\n\r\n"),
                row(
                        400,
                        "0x",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n0x5\r\nhello\r\n0\r\n\r\n"),
                row(
                        400,
                        "letter beyond f",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n5g\r\nhello\r\n0\r\n\r\n"),
                row(
                        400,
                        "beyond 63 bits",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nhello\r\n0\r\n\r\n"),
                row(
                        400,
                        "wraps to 5 in 64 bits",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n10000000000000005\r\nhello\r\n0\r\n\r\n"),
                row(
                        400,
                        "more digits than any size needs",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n0000000000000000000005\r\nhello\r\n0\r\n\r\n"),
                row(
                        400,
                        "empty",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n\r\nhello\r\n0\r\n\r\n"),
                row(
                        400,
                        "space before",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n 5\r\nhello\r\n0\r\n\r\n"),
                row(
                        400,
                        "space after",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n5 \r\nhello\r\n0\r\n\r\n"),
                row(
                        400,
                        "space inside",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n1 0\r\nhello\r\n0\r\n\r\n"),
                row(
                        400,
                        "underscore",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n1_0\r\nhello\r\n0\r\n\r\n"),
                row(
                        400,
                        "bare LF after",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n5\nhello\r\n0\r\n\r\n"),
                row(
                        400,
                        "bare CR after",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n5\rhello\r\n0\r\n\r\n"),
                row(
                        400,
                        "two CRs after",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n5\r\r\nhello\r\n0\r\n\r\n"),
                row(
                        400,
                        "NUL after",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n5\0\r\nhello\r\n0\r\n\r\n"),
                row(
                        400,
                        "quotes",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n\"5\"\r\nhello\r\n0\r\n\r\n"),
                row(
                        400,
                        "octet beyond ASCII",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n\u00b5\r\nhello\r\n0\r\n\r\n"));
    }

    @TestFactory
    Stream<DynamicTest> chunkEndsWhereItsSizeSays() {
        return refusals.tests(
                row(
                        400,
                        "longer than its size",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhello\r\n0\r\n\r\n"),
                row(
                        400,
                        "shorter than its size",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nhello\r\n0\r\n\r\n"),
                row(
                        400,
                        "no line end",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello0\r\n\r\n"),
                row(
                        400,
                        "bare LF",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\n0\r\n\r\n"),
                row(
                        400,
                        "bare CR",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r0\r\n\r\n"),
                row(
                        400,
                        "second chunk wrong",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nx\r\n\r\n"),
                row(
                        400,
                        "last chunk ends with bare LF",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\n\n"),
                row(
                        400,
                        "text instead of the last chunk",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nGET /inner HTTP/1.1\r\n\r\n"));
    }

    @TestFactory
    Stream<DynamicTest> chunkExtensionIsShortTextWithoutControls() {
        return refusals.tests(
                row(
                        400,
                        "bare LF inside",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n5;a\nb\r\nhello\r\n0\r\n\r\n"),
                row(
                        400,
                        "bare LF ends it",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n5;a\nhello\r\n0\r\n\r\n"),
                row(
                        400,
                        "bare CR inside",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n5;a\rb\r\nhello\r\n0\r\n\r\n"),
                row(
                        400,
                        "NUL",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n5;a=\0\r\nhello\r\n0\r\n\r\n"),
                row(
                        400,
                        "no semicolon",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n5 a=b\r\nhello\r\n0\r\n\r\n"),
                row(
                        400,
                        "bare LF in that of the last chunk",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0;\n\r\n"),
                row(
                        400,
                        "longer than 1 KiB",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n5;" + "a".repeat(1025)
                                + "\r\nhello\r\n0\r\n\r\n"),
                row(
                        400,
                        "endless space before it",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n5" + " ".repeat(1025)
                                + ";a\r\nhello\r\n0\r\n\r\n"));
    }

    @TestFactory
    Stream<DynamicTest> trailerSectionIsAFieldSection() {
        return refusals.tests(
                row(
                        400,
                        "no colon",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nNoColon\r\n\r\n"),
                row(
                        400,
                        "space before the colon",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nName : a\r\n\r\n"),
                row(
                        400,
                        "folded",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nName: a\r\n b\r\n\r\n"),
                row(
                        400,
                        "bare LF",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nName: a\n\r\n"),
                row(
                        400,
                        "bare LF instead of the empty line",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\n"),
                row(
                        400,
                        "bare CR",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nName: a\rb\r\n\r\n"),
                row(
                        400,
                        "CR CR LF ends it",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\r\n"),
                row(
                        400,
                        "NUL",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nName: a\0\r\n\r\n"),
                row(
                        400,
                        "a request line",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nGET /inner HTTP/1.1\r\n\r\n"),
                row(
                        431,
                        "larger than 16 KiB",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nName: "
                                + "a".repeat(16 * 1024) + "\r\n\r\n"),
                row(
                        431,
                        "more than 100 lines",
                        "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n"
                                + "a:\r\n".repeat(101) + "\r\n"));
    }
}
