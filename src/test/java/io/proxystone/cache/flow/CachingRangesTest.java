package io.proxystone.cache.flow;

import static io.proxystone.cache.flow.AnswerAssert.assertAnswer;
import static org.assertj.core.api.Assertions.assertThat;

import io.proxystone.testing.RawMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ranges of stored content (RFC 9110 §14), small and in several pieces. */
class CachingRangesTest extends CachingFlowTest {

    private static String content(int size) {
        StringBuilder text = new StringBuilder(size);
        while (text.length() < size) {
            text.append(text.length()).append(' ');
        }
        return text.substring(0, size);
    }

    private String stored(int size) throws Exception {
        String content = content(size);
        originAnswers((request, connection) -> connection.respond(
                200, content, "Cache-Control: max-age=60", "ETag: \"a\"", "Content-Type: text/plain"));
        assertAnswer(get()).isStored().hasText(content);
        return content;
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 70_000, 300_000})
    void oneRange(int size) throws Exception {
        String content = stored(size);
        assertAnswer(get("Range: bytes=10-19"))
                .isHit()
                .hasStatus(206)
                .hasField("Content-Range", "bytes 10-19/" + size)
                .hasText(content.substring(10, 20));
        assertAnswer(get("Range: bytes=-7")).hasStatus(206).hasText(content.substring(size - 7));
        assertAnswer(get("Range: bytes=5-"))
                .hasField("Content-Length", Integer.toString(size - 5))
                .hasText(content.substring(5));
        int middle = Math.min(size - 20, 65_530);
        assertAnswer(get("Range: bytes=" + middle + "-" + (middle + 11)))
                .hasText(content.substring(middle, middle + 12));
        assertAnswer(get("Range: bytes=0-999999999")).hasStatus(206).hasText(content);
        assertReachedOrigin(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 300_000})
    void severalRanges(int size) throws Exception {
        String content = stored(size);
        RawMessage answer = get("Range: bytes=0-4,20-29,-3");
        assertAnswer(answer).isHit().hasStatus(206);
        String type = answer.field("Content-Type");
        assertThat(type).startsWith("multipart/byteranges; boundary=");
        String boundary = type.substring(type.indexOf('=') + 1);
        String expected = part(boundary, 0, 4, content)
                + "\r\n"
                + part(boundary, 20, 29, content)
                + "\r\n"
                + part(boundary, size - 3, size - 1, content)
                + "\r\n--"
                + boundary
                + "--\r\n";
        assertAnswer(answer).hasText(expected).hasField("Content-Length", Integer.toString(expected.length()));
        assertAnswer(get()).isHit().hasText(content);
        assertReachedOrigin(1);
    }

    private static String part(String boundary, int first, int last, String content) {
        return "--" + boundary + "\r\nContent-Type: text/plain\r\nContent-Range: bytes " + first + "-" + last + "/"
                + content.length() + "\r\n\r\n" + content.substring(first, last + 1);
    }

    @Test
    void rangeBeyondTheEndIs416() throws Exception {
        stored(100);
        assertAnswer(get("Range: bytes=100-")).isHit().hasStatus(416).hasField("Content-Range", "bytes */100");
        assertReachedOrigin(1);
    }

    @Test
    void rangeThatIsNoneIsIgnored() throws Exception {
        String content = stored(100);
        assertAnswer(get("Range: lines=1-2")).isHit().hasStatus(200).hasText(content);
        assertAnswer(get("Range: bytes=9-1")).isHit().hasStatus(200).hasText(content);
        assertReachedOrigin(1);
    }

    @Test
    void ifRangeThatNamesAnotherGetsTheWhole() throws Exception {
        String content = stored(100);
        assertAnswer(get("Range: bytes=0-1", "If-Range: \"a\"")).isHit().hasStatus(206);
        assertAnswer(get("Range: bytes=0-1", "If-Range: \"b\""))
                .isHit()
                .hasStatus(200)
                .hasText(content);
        assertReachedOrigin(1);
    }

    @Test
    void headWithARangeIsAnsweredAsIfThereWereNone() throws Exception {
        stored(100);
        assertAnswer(client.exchange("HEAD", path, "Range: bytes=0-1"))
                .isHit()
                .hasStatus(200)
                .hasField("Content-Length", "100");
    }

    @Test
    void rangeOfWhatIsNotStoredGoesToTheOriginAndItsPartIsNotStored() throws Exception {
        originAnswers((request, connection) -> {
            if (request.field("Range") == null) {
                connection.respond(200, "0123456789", "Cache-Control: max-age=60");
            } else {
                connection.respond(206, "12", "Content-Range: bytes 1-2/10", "Cache-Control: max-age=60");
            }
        });
        assertAnswer(get("Range: bytes=1-2"))
                .isMiss()
                .isNotStored()
                .hasStatus(206)
                .hasText("12");
        assertAnswer(get()).isMiss().hasStatus(200).hasText("0123456789");
        assertAnswer(get("Range: bytes=1-2")).isHit().hasStatus(206).hasText("12");
        assertReachedOrigin(2);
    }
}
