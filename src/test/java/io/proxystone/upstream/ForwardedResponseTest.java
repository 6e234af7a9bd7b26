package io.proxystone.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.proxystone.testing.RawClient;
import io.proxystone.testing.RawMessage;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client gets to see of an origin's response (RFC 9110 §7.6). */
class ForwardedResponseTest extends ScriptedOriginTest {

    private RawMessage responseTo(String... fields) throws Exception {
        originAnswers((request, connection) -> connection.respond(200, "hello", fields));
        return get();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Keep-Alive: timeout=5",
                "Proxy-Connection: keep-alive",
                "Proxy-Authenticate: Basic realm=x",
                "Proxy-Authentication-Info: nextnonce=x",
                "Upgrade: h2c",
                "TE: trailers",
                "CONNECTION: keep-alive",
                "Connection: close"
            })
    void fieldForThisHopOnlyIsRemoved(String field) throws Exception {
        RawMessage response = responseTo(field);
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.text()).isEqualTo("hello");
        assertThat(response.fields(field.substring(0, field.indexOf(':')))).isEmpty();
    }

    @Test
    void fieldsThatConnectionListsAreRemoved() throws Exception {
        RawMessage response =
                responseTo("X-Two: 2", "Connection: x-one,ETag , close", "X-One: 1", "ETag: \"1\"", "X: 3");
        assertThat(response.head().toString().toLowerCase(Locale.ROOT)).doesNotContain("x-one", "etag", "connection");
        assertThat(response.field("X-Two")).isEqualTo("2");
        assertThat(response.field("X")).isEqualTo("3");
        assertThat(response.field("Content-Length")).isEqualTo("5");
    }

    @Test
    void viaIsAppended() throws Exception {
        assertThat(responseTo("Via: 1.1 first").fields("Via")).containsExactly("1.1 first", "1.1 proxy-stone");
    }

    @Test
    void viaTellsTheVersionTheResponseCameIn() throws Exception {
        originSendsAndCloses("HTTP/1.0 200 OK\r\n\r\nhello");
        RawMessage response = get();
        assertThat(response.startLine()).isEqualTo("HTTP/1.1 200 OK");
        assertThat(response.field("Via")).isEqualTo("1.0 proxy-stone");
    }

    @Test
    void fieldsKeepOrderSpellingRepetitionAndOctets() throws Exception {
        List<String> fields = List.of(
                "Set-Cookie: a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT",
                "X-B: 1",
                "set-cookie: b=2",
                "!#$%&'*+-.^_`|~9: odd",
                "Set-Cookie: a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT",
                "x-b: 2",
                "X-Empty: ",
                "X-Octets: \u00e9\u00ff \u0080 \t x");
        RawMessage response = responseTo(fields.toArray(String[]::new));
        assertThat(response.head()).containsSubsequence(fields);
        assertThat(response.fields("Set-Cookie")).hasSize(3);
        assertThat(response.fields("X-B")).containsExactly("1", "2");
    }

    @Test
    void lengthIsKept() throws Exception {
        assertThat(responseTo().field("Content-Length")).isEqualTo("5");
    }

    @Test
    void dateIsKeptOrAdded() throws Exception {
        assertThat(responseTo("Date: Sun, 06 Nov 1994 08:49:37 GMT").field("Date"))
                .isEqualTo("Sun, 06 Nov 1994 08:49:37 GMT");
        assertThat(responseTo().field("Date")).matches("\\w{3}, \\d\\d \\w{3} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT");
    }

    @Test
    void requestsFieldsDoNotComeBack() throws Exception {
        assertThat(get("X-Mine: 1", "Accept: text/html", "Cookie: a=b").head().toString())
                .doesNotContain("X-Mine", "Accept", "Cookie", "traceparent", "X-Forwarded");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"200 OK", "200 ", "200 All w\u00e9ll\t!", "299 Custom", "404 Nothing", "599 Odd", "799 Other"})
    void statusAndReasonPassAsTheyAre(String status) throws Exception {
        originSends("HTTP/1.1 " + status + "\r\nContent-Length: 2\r\n\r\nok");
        RawMessage response = get();
        assertThat(response.startLine()).isEqualTo("HTTP/1.1 " + status);
        assertThat(response.text()).isEqualTo("ok");
    }

    @Test
    void trailersReachAClientThatReadsChunks() throws Exception {
        String head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n";
        originSends(head + "5\r\nhello\r\n0\r\nX-Sum: 1\r\nTransfer-Encoding: gzip\r\nx-sum: 2\r\n\r\n");
        RawMessage response = get();
        assertThat(response.text()).isEqualTo("hello");
        assertThat(response.trailers()).containsExactly("X-Sum: 1", "x-sum: 2");
        assertThat(response.field("Trailer")).isEqualTo("X-Sum");
    }

    @Test
    void oldClientGetsChunkedContentUntilClose() throws Exception {
        originSends("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nX-Sum: 1\r\n\r\n");
        try (RawClient client = gateway.connect()) {
            client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
            RawMessage response = client.read();
            assertThat(response.text()).isEqualTo("hello");
            assertThat(response.field("Transfer-Encoding")).isNull();
            assertThat(response.field("Connection")).isEqualTo("close");
        }
    }
}
