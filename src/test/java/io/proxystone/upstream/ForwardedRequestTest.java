package io.proxystone.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.proxystone.testing.RawClient;
import io.proxystone.testing.RawMessage;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an origin gets to see of a client's request (RFC 9110 §7.6), with default settings. */
class ForwardedRequestTest extends ScriptedOriginTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Keep-Alive: timeout=5",
                "Proxy-Connection: keep-alive",
                "Proxy-Authorization: Basic YTpi",
                "Upgrade: websocket",
                "TE: gzip",
                "keep-alive: timeout=5",
                "Connection: keep-alive",
                "Connection: close"
            })
    void fieldForThisHopOnlyIsRemoved(String field) throws Exception {
        RawMessage request = getWith(field);
        assertThat(request.fields(field.substring(0, field.indexOf(':')))).isEmpty();
    }

    @Test
    void fieldsThatConnectionListsAreRemovedWhateverTheirCaseAndSpacing() throws Exception {
        RawMessage request = getWith(
                "Connection: x-one ,X-TWO,, keep-alive",
                "Connection: Cache-Control, Tracestate, Max-Forwards",
                "X-One: 1",
                "x-two: 2",
                "X-Two: 3",
                "Cache-Control: no-cache",
                "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "tracestate: a=b",
                "Max-Forwards: 3",
                "X-Three: 3");
        assertThat(request.head().toString().toLowerCase(Locale.ROOT))
                .doesNotContain("x-one", "x-two", "cache-control", "connection", "tracestate", "max-forwards");
        assertThat(request.field("X-Three")).isEqualTo("3");
    }

    @Test
    void clientThatAcceptsTrailersMakesTheGatewayAcceptThem() throws Exception {
        RawMessage request = getWith("TE: trailers, deflate;q=0.5", "Connection: TE");
        assertThat(request.field("TE")).isEqualTo("trailers");
        assertThat(request.field("Connection")).isEqualTo("TE");
    }

    @Test
    void viaIsAppended() throws Exception {
        assertThat(getWith("Via: 1.0 first, 1.1 second", "Via: 2 third").fields("Via"))
                .containsExactly("1.0 first, 1.1 second", "2 third", "1.1 proxy-stone");
    }

    @Test
    void viaTellsTheVersionTheRequestCameIn() throws Exception {
        assertThat(forwarded("GET / HTTP/1.0\r\nHost: example.test\r\n\r\n").field("Via"))
                .isEqualTo("1.0 proxy-stone");
    }

    @Test
    void originIsAskedInHttp11WhateverTheClientSpeaks() throws Exception {
        assertThat(forwarded("GET /x HTTP/1.0\r\n\r\n").startLine()).isEqualTo("GET /x HTTP/1.1");
    }

    @Test
    void clientsClaimsAboutItselfAreReplaced() throws Exception {
        RawMessage request = getWith(
                "X-Forwarded-For: 6.6.6.6",
                "X-Forwarded-Proto: https",
                "X-Forwarded-Host: evil.test",
                "X-Forwarded-Port: 443",
                "Forwarded: for=6.6.6.6;proto=https");
        assertThat(request.field("X-Forwarded-For")).isEqualTo("127.0.0.1");
        assertThat(request.field("X-Forwarded-Proto")).isEqualTo("http");
        assertThat(request.field("X-Forwarded-Host")).isEqualTo("example.test");
        assertThat(request.field("X-Forwarded-Port")).isEqualTo(Integer.toString(gateway.port()));
        assertThat(request.field("Forwarded")).isEqualTo("for=127.0.0.1;host=\"example.test\";proto=http");
    }

    @Test
    void hostIsTheClients() throws Exception {
        assertThat(forwarded("GET / HTTP/1.1\r\nHost: Example.TEST:8080\r\n\r\n")
                        .field("Host"))
                .isEqualTo("Example.TEST:8080");
    }

    @Test
    void hostOfAnAbsoluteTargetComesBeforeTheHostField() throws Exception {
        RawMessage request = forwarded("GET http://real.test:81/a?b HTTP/1.1\r\nHost: other.test\r\nX: 1\r\n\r\n");
        assertThat(request.startLine()).isEqualTo("GET /a?b HTTP/1.1");
        assertThat(request.field("Host")).isEqualTo("real.test:81");
        assertThat(request.field("X-Forwarded-Host")).isEqualTo("real.test:81");
    }

    @Test
    void requestWithoutHostGetsTheTargets() throws Exception {
        assertThat(forwarded("GET / HTTP/1.0\r\n\r\n").field("Host")).isEqualTo("127.0.0.1:" + origin.port());
    }

    @Test
    void traceIsMadeAndNamesTheRequest() throws Exception {
        RawMessage request = getWith("tracestate: a=b");
        assertThat(request.field("traceparent")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
        assertThat(request.field("X-Request-Id"))
                .isEqualTo(request.field("traceparent").substring(3, 35));
        assertThat(request.field("tracestate")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00",
                "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-what-the-future-brings"
            })
    void traceIsPassedOnWithItsState(String parent) throws Exception {
        RawMessage request = getWith("traceparent: " + parent, "tracestate: a=b", "tracestate: c=d");
        assertThat(request.field("traceparent")).isEqualTo(parent);
        assertThat(request.fields("tracestate")).containsExactly("a=b", "c=d");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
                ""
            })
    void invalidTraceIsReplaced(String parent) throws Exception {
        RawMessage request = getWith("traceparent: " + parent, "tracestate: a=b");
        assertThat(request.field("traceparent"))
                .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01")
                .isNotEqualTo(parent);
        assertThat(request.field("tracestate")).isNull();
    }

    @Test
    void repeatedTraceIsReplaced() throws Exception {
        String first = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        RawMessage request = getWith("traceparent: " + first, "traceparent: " + first.replace('a', 'b'));
        assertThat(request.field("traceparent"))
                .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01")
                .isNotEqualTo(first);
    }

    @Test
    void clientsRequestIdIsPassedOnIfItIsPlain() throws Exception {
        assertThat(getWith("X-Request-Id: abc-1.2:3/4+5=6@7_8").field("X-Request-Id"))
                .isEqualTo("abc-1.2:3/4+5=6@7_8");
        assertThat(getWith("X-Request-Id: a b").field("X-Request-Id")).matches("[0-9a-f]{32}");
        assertThat(getWith("X-Request-Id: " + "a".repeat(129)).field("X-Request-Id"))
                .matches("[0-9a-f]{32}");
    }

    @Test
    void otherFieldsKeepOrderSpellingRepetitionAndOctets() throws Exception {
        List<String> fields = List.of(
                "aCCept: a",
                "X-B: 1",
                "x-b: 2",
                "!#$%&'*+-.^_`|~9: odd",
                "Accept: b",
                "X-Empty: ",
                "X-Octets: \u00e9\u00ff \u0080 \t x",
                "X-B: 3");
        RawMessage request = getWith(fields.toArray(String[]::new));
        assertThat(request.head()).containsSubsequence(fields);
        assertThat(request.fields("X-B")).containsExactly("1", "2", "3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "//a//b/",
                "/a/../b/./c",
                "/%41%2f%2F%zz%",
                "/a|b^c{d}\"<>`\\",
                "/?",
                "/??a=b?c",
                "/x?a=%00&b=+&c;d",
                "/\u00e9\u00ff?\u0080"
            })
    void pathAndQueryAreForwardedOctetByOctet(String target) throws Exception {
        try (RawClient client = gateway.connect()) {
            RawMessage response = client.get(target);
            if (response.status() == 200) {
                assertThat(origin.take().startLine()).isEqualTo("GET " + target + " HTTP/1.1");
            } else {
                assertThat(response.status()).isEqualTo(400);
                assertThat(origin.waiting()).isZero();
            }
        }
    }

    @Test
    void lengthIsKept() throws Exception {
        RawMessage request = forwarded("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello");
        assertThat(request.field("Content-Length")).isEqualTo("5");
        assertThat(request.field("Transfer-Encoding")).isNull();
    }

    @Test
    void absenceOfContentIsToldForMethodsThatUsuallyHaveSome() throws Exception {
        assertThat(forwarded("POST / HTTP/1.1\r\nHost: a\r\n\r\n").field("Content-Length"))
                .isEqualTo("0");
        assertThat(getWith().field("Content-Length")).isNull();
    }

    @Test
    void chunkedContentAndItsTrailersAreForwarded() throws Exception {
        originAnswers((request, connection) ->
                connection.respond(200, request.text() + "|" + String.join(";", request.trailers())));
        try (RawClient client = gateway.connect()) {
            client.send("PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n");
            client.send("5;ext=\"q\"\r\nhello\r\n1\r\n!\r\n0\r\nX-Sum: 1\r\nContent-Length: 7\r\n\r\n");
            assertThat(client.read().text()).isEqualTo("hello!|X-Sum: 1");
            assertThat(origin.take().field("Transfer-Encoding")).isEqualTo("chunked");
        }
    }

    @Test
    void anyMethodIsForwarded() throws Exception {
        assertThat(forwarded("M-SEARCH /x HTTP/1.1\r\nHost: a\r\n\r\n").startLine())
                .isEqualTo("M-SEARCH /x HTTP/1.1");
        assertThat(forwarded("OPTIONS /x HTTP/1.1\r\nHost: a\r\nMax-Forwards: 2\r\n\r\n")
                        .field("Max-Forwards"))
                .isEqualTo("1");
    }
}
