package io.proxystone.edge;

import static io.proxystone.edge.Refusals.row;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Field sections that break RFC 9112 §5, RFC 9110 §5 or the rules of a field, and what each is refused with. */
class MalformedFieldsTest {
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
    Stream<DynamicTest> fieldLineIsNameColonValue() {
        return refusals.tests(
                row(400, "no colon", "GET / HTTP/1.1\r\nHost: a.test\r\nNoColon\r\n\r\n"),
                row(400, "no name", "GET / HTTP/1.1\r\nHost: a.test\r\n: value\r\n\r\n"),
                row(400, "space before the colon", "GET / HTTP/1.1\r\nHost: a.test\r\nName : value\r\n\r\n"),
                row(400, "tab before the colon", "GET / HTTP/1.1\r\nHost: a.test\r\nName\t: value\r\n\r\n"),
                row(400, "space inside the name", "GET / HTTP/1.1\r\nHost: a.test\r\nNa me: value\r\n\r\n"),
                row(
                        400,
                        "space before the colon of Content-Length",
                        "GET / HTTP/1.1\r\nHost: a.test\r\nContent-Length : 5\r\n\r\n"),
                row(
                        400,
                        "space before the colon of Transfer-Encoding",
                        "GET / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding : chunked\r\n\r\n"),
                row(400, "parenthesis in the name", "GET / HTTP/1.1\r\nHost: a.test\r\nNa(me): value\r\n\r\n"),
                row(400, "slash in the name", "GET / HTTP/1.1\r\nHost: a.test\r\nNa/me: value\r\n\r\n"),
                row(400, "quotes around the name", "GET / HTTP/1.1\r\nHost: a.test\r\n\"Name\": value\r\n\r\n"),
                row(400, "brackets in the name", "GET / HTTP/1.1\r\nHost: a.test\r\nName[]: value\r\n\r\n"),
                row(400, "NUL in the name", "GET / HTTP/1.1\r\nHost: a.test\r\nNa\0me: value\r\n\r\n"),
                row(
                        400,
                        "octet beyond ASCII in the name",
                        "GET / HTTP/1.1\r\nHost: a.test\r\nN\u00e4me: value\r\n\r\n"),
                row(400, "bare CR in the name", "GET / HTTP/1.1\r\nHost: a.test\r\nNa\rme: value\r\n\r\n"),
                row(400, "bare LF in the name", "GET / HTTP/1.1\r\nHost: a.test\r\nNa\nme: value\r\n\r\n"));
    }

    @TestFactory
    Stream<DynamicTest> fieldValueHasNoControls() {
        return refusals.tests(
                row(400, "NUL", "GET / HTTP/1.1\r\nHost: a.test\r\nName: a\0b\r\n\r\n"),
                row(400, "NUL alone", "GET / HTTP/1.1\r\nHost: a.test\r\nName: \0\r\n\r\n"),
                row(400, "bell", "GET / HTTP/1.1\r\nHost: a.test\r\nName: a\u0007b\r\n\r\n"),
                row(400, "escape", "GET / HTTP/1.1\r\nHost: a.test\r\nName: \u001b[31m\r\n\r\n"),
                row(400, "vertical tab", "GET / HTTP/1.1\r\nHost: a.test\r\nName: a\u000bb\r\n\r\n"),
                row(400, "form feed", "GET / HTTP/1.1\r\nHost: a.test\r\nName: a\fb\r\n\r\n"),
                row(400, "DEL", "GET / HTTP/1.1\r\nHost: a.test\r\nName: a\u007fb\r\n\r\n"),
                row(400, "bare CR", "GET / HTTP/1.1\r\nHost: a.test\r\nName: a\rInjected: b\r\n\r\n"),
                row(400, "bare LF", "GET / HTTP/1.1\r\nHost: a.test\r\nName: a\nInjected: b\r\n\r\n"),
                row(400, "two CRs before the LF", "GET / HTTP/1.1\r\nHost: a.test\r\nName: a\r\r\n\r\n"));
    }

    @TestFactory
    Stream<DynamicTest> fieldSectionHasNoFoldsAndEndsWithCrLfCrLf() {
        return refusals.tests(
                row(400, "folded with a space", "GET / HTTP/1.1\r\nHost: a.test\r\nName: a\r\n b\r\n\r\n"),
                row(400, "folded with a tab", "GET / HTTP/1.1\r\nHost: a.test\r\nName: a\r\n\tb\r\n\r\n"),
                row(
                        400,
                        "folded Transfer-Encoding",
                        "GET / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding:\r\n chunked\r\n\r\n"),
                row(400, "first line starts with a space", "GET / HTTP/1.1\r\n Host: a.test\r\n\r\n"),
                row(400, "line of a space", "GET / HTTP/1.1\r\nHost: a.test\r\nName: a\r\n \r\n\r\n"),
                row(400, "section ends with two bare LFs", "GET / HTTP/1.1\r\nHost: a.test\n\n"),
                row(400, "section ends with LF after CRLF", "GET / HTTP/1.1\r\nHost: a.test\r\n\n"),
                row(400, "section ends with two bare CRs", "GET / HTTP/1.1\r\nHost: a.test\r\r"));
    }

    @TestFactory
    Stream<DynamicTest> hostIsOneHostWithAnOptionalPort() {
        return refusals.tests(
                row(400, "none", "GET / HTTP/1.1\r\n\r\n"),
                row(400, "none beside the absolute form", "GET http://a.test/ HTTP/1.1\r\n\r\n"),
                row(400, "none with a higher minor version", "GET / HTTP/1.2\r\n\r\n"),
                row(400, "twice, different", "GET / HTTP/1.1\r\nHost: a.test\r\nHost: b.test\r\n\r\n"),
                row(400, "twice, equal", "GET / HTTP/1.1\r\nHost: a.test\r\nHost: a.test\r\n\r\n"),
                row(400, "twice, equal, HTTP/1.0", "GET / HTTP/1.0\r\nHost: a.test\r\nHost: a.test\r\n\r\n"),
                row(400, "empty", "GET / HTTP/1.1\r\nHost: \r\n\r\n"),
                row(400, "list", "GET / HTTP/1.1\r\nHost: a.test, b.test\r\n\r\n"),
                row(400, "space", "GET / HTTP/1.1\r\nHost: a test\r\n\r\n"),
                row(400, "user info", "GET / HTTP/1.1\r\nHost: user@a.test\r\n\r\n"),
                row(400, "path", "GET / HTTP/1.1\r\nHost: a.test/x\r\n\r\n"),
                row(400, "query", "GET / HTTP/1.1\r\nHost: a.test?x\r\n\r\n"),
                row(400, "backslash", "GET / HTTP/1.1\r\nHost: a.test\\x\r\n\r\n"),
                row(400, "URI", "GET / HTTP/1.1\r\nHost: http://a.test\r\n\r\n"),
                row(400, "letters for a port", "GET / HTTP/1.1\r\nHost: a.test:http\r\n\r\n"),
                row(400, "port beyond 65535", "GET / HTTP/1.1\r\nHost: a.test:65536\r\n\r\n"),
                row(400, "signed port", "GET / HTTP/1.1\r\nHost: a.test:-1\r\n\r\n"),
                row(400, "two ports", "GET / HTTP/1.1\r\nHost: a.test:80:81\r\n\r\n"),
                row(400, "port alone", "GET / HTTP/1.1\r\nHost: :80\r\n\r\n"),
                row(400, "IPv6 address without brackets", "GET / HTTP/1.1\r\nHost: ::1\r\n\r\n"),
                row(400, "open bracket", "GET / HTTP/1.1\r\nHost: [::1\r\n\r\n"),
                row(400, "brackets around a name", "GET / HTTP/1.1\r\nHost: [a.test]\r\n\r\n"),
                row(400, "empty brackets", "GET / HTTP/1.1\r\nHost: []\r\n\r\n"),
                row(400, "impossible IPv6 address", "GET / HTTP/1.1\r\nHost: [1:2:3]\r\n\r\n"),
                row(400, "text after brackets", "GET / HTTP/1.1\r\nHost: [::1]x\r\n\r\n"),
                row(400, "malformed encoding", "GET / HTTP/1.1\r\nHost: a%zz.test\r\n\r\n"),
                row(400, "octet beyond ASCII", "GET / HTTP/1.1\r\nHost: \u00e4.test\r\n\r\n"),
                row(400, "quotes", "GET / HTTP/1.1\r\nHost: \"a.test\"\r\n\r\n"),
                row(400, "malformed beside the absolute form", "GET http://a.test/ HTTP/1.1\r\nHost: a b\r\n\r\n"));
    }

    @TestFactory
    Stream<DynamicTest> expectationIsKnown() {
        return refusals.tests(
                row(417, "another expectation", "GET / HTTP/1.1\r\nHost: a.test\r\nExpect: 200-ok\r\n\r\n"),
                row(
                        417,
                        "another expectation beside the known one",
                        "GET / HTTP/1.1\r\nHost: a.test\r\nExpect: 100-continue, more\r\n\r\n"),
                row(
                        417,
                        "another expectation on a second line",
                        "GET / HTTP/1.1\r\nHost: a.test\r\nExpect: 100-continue\r\nExpect: more\r\n\r\n"));
    }
}
