package io.proxystone.http.http1;

import io.proxystone.http.FieldName;
import io.proxystone.http.Fields;
import io.proxystone.http.HttpVersion;
import io.proxystone.http.Method;
import io.proxystone.http.RequestHead;
import io.proxystone.http.ResponseHead;
import io.proxystone.http.StatusCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the end of a message's content is known (RFC 9112 §6.3).
 *
 * @param length the octets of content with {@link Kind#LENGTH}, else 0
 */
public record Framing(Kind kind, long length) {
    public static final Framing NONE = new Framing(Kind.NONE, 0);
    public static final Framing CHUNKED = new Framing(Kind.CHUNKED, 0);
    public static final Framing UNTIL_CLOSE = new Framing(Kind.UNTIL_CLOSE, 0);

    /** Whether there is content and what ends it. */
    public enum Kind {
        NONE,
        LENGTH,
        CHUNKED,
        UNTIL_CLOSE
    }

    /** Whether no octet of content will come. */
    public boolean isEmpty() {
        return kind == Kind.NONE || (kind == Kind.LENGTH && length == 0);
    }

    /** The framing of a request. What RFC 9112 §6.1 calls an error is refused, not repaired. */
    public static Framing of(RequestHead head) throws MessageSyntaxException {
        Fields fields = head.fields();
        int coding = fields.indexOf(FieldName.TRANSFER_ENCODING, 0);
        int length = fields.indexOf(FieldName.CONTENT_LENGTH, 0);
        if (coding >= 0) {
            if (length >= 0) {
                throw new MessageSyntaxException(Violation.LENGTH_WITH_TRANSFER_ENCODING);
            }
            return ofTransferEncoding(head.version(), fields);
        }
        if (length < 0) {
            return NONE;
        }
        if (fields.indexOf(FieldName.CONTENT_LENGTH, length + 1) >= 0) {
            throw new MessageSyntaxException(Violation.LENGTH_REPEATED);
        }
        return ofLength(fields.value(length));
    }

    /** The framing of a response to a request of the given method. */
    public static Framing of(String method, ResponseHead head) throws MessageSyntaxException {
        if (method.equals(Method.HEAD) || StatusCode.hasNoContent(head.status())) {
            return NONE;
        }
        Fields fields = head.fields();
        if (fields.contains(FieldName.TRANSFER_ENCODING)) {
            if (fields.contains(FieldName.CONTENT_LENGTH)) {
                throw new MessageSyntaxException(Violation.LENGTH_WITH_TRANSFER_ENCODING);
            }
            return ofTransferEncoding(head.version(), fields);
        }
        String length = singleLength(fields);
        return length == null ? UNTIL_CLOSE : ofLength(length);
    }

    private static Framing ofTransferEncoding(HttpVersion version, Fields fields) throws MessageSyntaxException {
        if (version == HttpVersion.HTTP_1_0) {
            throw new MessageSyntaxException(Violation.TRANSFER_ENCODING_IN_HTTP_1_0);
        }
        String codings = String.join(",", fields.all(FieldName.TRANSFER_ENCODING));
        if (codings.equalsIgnoreCase("chunked")) {
            return CHUNKED;
        }
        String[] names = codings.split(",", -1);
        boolean chunkedLast = names[names.length - 1].strip().equalsIgnoreCase("chunked");
        for (int i = 0; i < names.length - 1; i++) {
            chunkedLast &= !names[i].strip().equalsIgnoreCase("chunked") && !names[i].isBlank();
        }
        throw new MessageSyntaxException(
                chunkedLast ? Violation.TRANSFER_ENCODING_UNKNOWN : Violation.TRANSFER_ENCODING_MALFORMED);
    }

    /** The one length of all Content-Length values, which RFC 9110 §8.6 lets be repeated if equal; null if none. */
    private static @Nullable String singleLength(Fields fields) throws MessageSyntaxException {
        List<String> lines = fields.all(FieldName.CONTENT_LENGTH);
        if (lines.size() == 1 && lines.get(0).indexOf(',') < 0) {
            return lines.get(0);
        }
        String length = null;
        for (String line : lines) {
            for (String value : line.split(",", -1)) {
                if (length != null && !length.equals(value.strip())) {
                    throw new MessageSyntaxException(Violation.LENGTH_REPEATED);
                }
                length = value.strip();
            }
        }
        return length;
    }

    private static Framing ofLength(String digits) throws MessageSyntaxException {
        long length = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9 || length > (Long.MAX_VALUE - digit) / 10) {
                throw new MessageSyntaxException(Violation.LENGTH_MALFORMED);
            }
            length = length * 10 + digit;
        }
        if (digits.isEmpty()) {
            throw new MessageSyntaxException(Violation.LENGTH_MALFORMED);
        }
        return new Framing(Kind.LENGTH, length);
    }
}
