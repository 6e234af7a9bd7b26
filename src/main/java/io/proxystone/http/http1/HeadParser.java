package io.proxystone.http.http1;

import io.proxystone.http.HttpVersion;
import io.proxystone.http.Method;
import io.proxystone.http.Octets;
import io.proxystone.http.RequestHead;
import io.proxystone.http.RequestTarget;
import io.proxystone.http.ResponseHead;
import io.proxystone.http.StatusCode;
import java.nio.charset.StandardCharsets;

/**
 * Parses whole heads as {@link HeadScanner} cuts them: requests to the letter of RFC 9112, since what two parsers read
 * differently smuggles requests; responses with the leniency the RFC grants, since the origin is trusted to be old.
 */
public final class HeadParser {
    private static final int VERSION_LENGTH = 8;

    private final FieldLines requestFields;
    private final FieldLines responseFields;

    /** @param maxFields the most field lines a head may have */
    public HeadParser(int maxFields) {
        requestFields = new FieldLines(false, maxFields);
        responseFields = new FieldLines(true, maxFields);
    }

    /** Parses a request head; the array belongs to the result. */
    public RequestHead parseRequest(byte[] head) throws MessageSyntaxException {
        int i = 0;
        while (Octets.isToken(head[i])) {
            i++;
        }
        int methodEnd = i;
        if (methodEnd == 0) {
            throw new MessageSyntaxException(Violation.METHOD);
        }
        if (head[i] != ' ') {
            throw new MessageSyntaxException(isLineEnd(head[i]) ? Violation.REQUEST_LINE : Violation.METHOD);
        }
        int targetStart = ++i;
        while (Octets.isTarget(head[i])) {
            i++;
        }
        int targetEnd = i;
        if (targetEnd == targetStart || isLineEnd(head[i])) {
            throw new MessageSyntaxException(Violation.REQUEST_LINE);
        }
        if (head[i] != ' ') {
            throw new MessageSyntaxException(Violation.TARGET);
        }
        int versionStart = i + 1;
        HttpVersion version = parseVersion(head, versionStart);
        int lineEnd = versionStart + VERSION_LENGTH;
        if (head[lineEnd] != '\r') {
            throw new MessageSyntaxException(Violation.REQUEST_LINE);
        }
        String method = Method.intern(head, 0, methodEnd);
        String text = new String(head, targetStart, targetEnd - targetStart, StandardCharsets.ISO_8859_1);
        RequestTarget target = RequestTarget.parse(method, text);
        if (target == null) {
            throw new MessageSyntaxException(Violation.TARGET);
        }
        return new RequestHead(method, target, version, requestFields.parse(head, lineEnd + 2));
    }

    /** Parses a response head; the array belongs to the result. */
    public ResponseHead parseResponse(byte[] head) throws MessageSyntaxException {
        HttpVersion version = parseVersion(head, 0);
        int i = VERSION_LENGTH;
        if (head[i] != ' ') {
            throw new MessageSyntaxException(Violation.STATUS_LINE);
        }
        int status = 0;
        for (i++; i < VERSION_LENGTH + 4; i++) {
            int digit = head[i] - '0';
            if (digit < 0 || digit > 9) {
                throw new MessageSyntaxException(Violation.STATUS_LINE);
            }
            status = status * 10 + digit;
        }
        if (status < 100 || !(head[i] == ' ' || isLineEnd(head[i]))) {
            throw new MessageSyntaxException(Violation.STATUS_LINE);
        }
        int reasonStart = head[i] == ' ' ? i + 1 : i;
        i = reasonStart;
        while (Octets.isFieldValue(head[i])) {
            i++;
        }
        if (!isLineEnd(head[i])) {
            throw new MessageSyntaxException(Violation.STATUS_LINE);
        }
        int fields = head[i] == '\r' ? i + 2 : i + 1;
        return new ResponseHead(
                version, status, reason(status, head, reasonStart, i), responseFields.parse(head, fields));
    }

    private static String reason(int status, byte[] head, int from, int to) {
        String usual = StatusCode.reason(status);
        if (usual.length() == to - from && usual.regionMatches(0, text(head, from, to), 0, to - from)) {
            return usual;
        }
        return text(head, from, to);
    }

    private static String text(byte[] head, int from, int to) {
        return new String(head, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private static HttpVersion parseVersion(byte[] head, int from) throws MessageSyntaxException {
        if (head.length < from + VERSION_LENGTH
                || head[from] != 'H'
                || head[from + 1] != 'T'
                || head[from + 2] != 'T'
                || head[from + 3] != 'P'
                || head[from + 4] != '/'
                || !isDigit(head[from + 5])
                || head[from + 6] != '.'
                || !isDigit(head[from + 7])) {
            throw new MessageSyntaxException(Violation.VERSION);
        }
        if (head[from + 5] != '1') {
            throw new MessageSyntaxException(Violation.VERSION_UNSUPPORTED);
        }
        return head[from + 7] == '0' ? HttpVersion.HTTP_1_0 : HttpVersion.HTTP_1_1;
    }

    private static boolean isDigit(byte octet) {
        return octet >= '0' && octet <= '9';
    }

    private static boolean isLineEnd(byte octet) {
        return octet == '\r' || octet == '\n';
    }
}
