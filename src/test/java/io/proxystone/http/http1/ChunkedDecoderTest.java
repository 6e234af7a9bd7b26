package io.proxystone.http.http1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.proxystone.http.Fields;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Chunked content (RFC 9112 §7.1). */
class ChunkedDecoderTest {
    private final ChunkedDecoder decoder = new ChunkedDecoder(100, 3);
    private final StringBuilder content = new StringBuilder();

    /** Gives octets to the decoder as a connection does, and returns how many it took. */
    private int feed(String octets) throws MessageSyntaxException {
        int i = 0;
        while (i < octets.length() && !decoder.isDone()) {
            int size = (int) Math.min(decoder.contentRemaining(), octets.length() - i);
            if (size > 0) {
                content.append(octets, i, i + size);
                decoder.contentPassed(size);
                i += size;
            } else {
                decoder.accept((byte) octets.charAt(i++));
            }
        }
        return i;
    }

    @Test
    void contentIsTheSameHoweverItIsSplit() throws MessageSyntaxException {
        String message = "5\r\nhello\r\n1;a=\"b\"\r\n,\r\n00c \t;x\r\n wide world!\r\n0;last\r\nA: b\r\nC:\r\n\r\n";
        for (int first = 0; first <= message.length(); first++) {
            for (int second = first; second <= message.length(); second++) {
                ChunkedDecoderTest test = new ChunkedDecoderTest();
                test.feed(message.substring(0, first));
                test.feed(message.substring(first, second));
                assertThat(test.decoder.isDone()).isEqualTo(second == message.length());
                test.feed(message.substring(second));
                assertThat(test.decoder.isDone()).isTrue();
                assertThat(test.content).hasToString("hello, wide world!");
                assertThat(test.decoder.trailers()).hasToString("A: b\nC: \n");
            }
        }
    }

    @Test
    void takesNothingBeyondItsEnd() throws MessageSyntaxException {
        assertThat(feed("0\r\n\r\nGET / HTTP/1.1\r\n")).isEqualTo(5);
        assertThat(decoder.trailers()).isSameAs(Fields.EMPTY);
    }

    @Test
    void largestChunkHas60Bits() throws MessageSyntaxException {
        feed("fffffffffffffff\r\n");
        assertThat(decoder.contentRemaining()).isEqualTo((1L << 60) - 1);
        decoder.contentPassed(1L << 40);
        assertThat(decoder.contentRemaining()).isEqualTo((1L << 60) - 1 - (1L << 40));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "-1\r\n",
                "+1\r\n",
                "\r\n",
                ";a\r\n",
                " 1\r\n",
                "1 \r\n",
                "1 a\r\n",
                "1\n",
                "1\ra",
                "1_0\r\n",
                "0x1\r\n",
                "0000000000000000\r\n",
                "fffffffffffffffff\r\n",
                "\u00b9\r\n"
            })
    void malformedSizeIsRefused(String octets) {
        assertViolation(octets, Violation.CHUNK_SIZE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1\r\nab", "1\r\na\n", "1\r\na\ra", "1\r\naa\r\n"})
    void chunkThatEndsElsewhereIsRefused(String octets) {
        assertViolation(octets, Violation.CHUNK_END);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1;\n", "1;a\nb\r\n", "1;\0\r\n", "1;\u007f\r\n"})
    void malformedExtensionIsRefused(String octets) {
        assertViolation(octets, Violation.CHUNK_EXTENSION);
    }

    @Test
    void extensionMayHave1KiB() throws MessageSyntaxException {
        feed("1;" + "a".repeat(1024) + "\r\nx\r\n");
        feed("1;" + "a".repeat(1024) + "\r\nx\r\n");
        assertViolation("1;" + "a".repeat(1025), Violation.CHUNK_EXTENSION);
    }

    @ParameterizedTest
    @CsvSource({
        "'0\r\n\n', TRAILER",
        "'0\r\nA: b\n\r\n', TRAILER",
        "'0\r\nA: b\rc', TRAILER",
        "'0\r\n\r\r\n', TRAILER",
        "'0\r\nA\r\n\r\n', FIELD_NAME",
        "'0\r\n: b\r\n\r\n', FIELD_NAME",
        "'0\r\nA : b\r\n\r\n', FIELD_NAME_SPACE",
        "'0\r\nA: b\r\n c\r\n\r\n', FIELD_FOLDED",
        "'0\r\nA: \u0001\r\n\r\n', FIELD_VALUE",
        "'0\r\na:\r\na:\r\na:\r\na:\r\n\r\n', FIELDS_TOO_LARGE"
    })
    void malformedTrailerSectionIsRefused(String octets, Violation violation) {
        assertViolation(octets, violation);
    }

    @Test
    void trailerSectionHasALimit() throws MessageSyntaxException {
        assertThat(new ChunkedDecoderTest().feed("0\r\nA: " + "b".repeat(93) + "\r\n\r\n"))
                .isEqualTo(103);
        assertViolation("0\r\nA: " + "b".repeat(94) + "\r\n\r\n", Violation.TRAILERS_TOO_LARGE);
    }

    private void assertViolation(String octets, Violation violation) {
        assertThatThrownBy(() -> feed(octets))
                .as(new String(octets.getBytes(ISO_8859_1), ISO_8859_1))
                .isInstanceOfSatisfying(MessageSyntaxException.class, e -> assertThat(e.violation())
                        .isEqualTo(violation));
    }
}
