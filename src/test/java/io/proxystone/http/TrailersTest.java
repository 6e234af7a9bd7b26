package io.proxystone.http;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which fields may be trailers (RFC 9110 §6.5.1). */
class TrailersTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    framing           | Content-Length, Transfer-Encoding, Trailer
                    routing           | Host, Connection, Via, Max-Forwards, Forwarded
                    request modifiers | Cache-Control, Expect, Pragma, Range, TE, If-Match, If-None-Match, If-Modified-Since, If-Unmodified-Since, If-Range
                    authentication    | Authorization, WWW-Authenticate, Proxy-Authenticate, Proxy-Authorization, Cookie, Set-Cookie
                    response controls | Age, Date, Expires, Location, Retry-After, Vary, Warning, CDN-Cache-Control, Surrogate-Control
                    content           | Content-Encoding, Content-Type, Content-Range, Content-Location
                    """)
    void fieldThatChangesProcessingIsNoTrailer(String reason, String names) {
        for (String name : names.split(", ")) {
            FieldName field = requireNonNull(FieldName.find(name), name);
            assertThat(Trailers.mayContain(field)).as("%s: %s", reason, name).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({"Server", "ETag", "Cache-Status", "Cache-Tag", "Surrogate-Key"})
    void fieldThatTellsSomethingMayBeATrailer(String name) {
        FieldName field = requireNonNull(FieldName.find(name), name);
        assertThat(Trailers.mayContain(field)).isTrue();
    }
}
