package io.proxystone.http;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Status codes and what they say about a response (RFC 9110 §15). */
public final class StatusCode {
    private static final int COUNT = 600;
    private static final @Nullable String[] REASONS = new @Nullable String[COUNT];

    static {
        Map.ofEntries(
                        Map.entry(100, "Continue"),
                        Map.entry(101, "Switching Protocols"),
                        Map.entry(103, "Early Hints"),
                        Map.entry(200, "OK"),
                        Map.entry(201, "Created"),
                        Map.entry(202, "Accepted"),
                        Map.entry(203, "Non-Authoritative Information"),
                        Map.entry(204, "No Content"),
                        Map.entry(205, "Reset Content"),
                        Map.entry(206, "Partial Content"),
                        Map.entry(300, "Multiple Choices"),
                        Map.entry(301, "Moved Permanently"),
                        Map.entry(302, "Found"),
                        Map.entry(303, "See Other"),
                        Map.entry(304, "Not Modified"),
                        Map.entry(307, "Temporary Redirect"),
                        Map.entry(308, "Permanent Redirect"),
                        Map.entry(400, "Bad Request"),
                        Map.entry(401, "Unauthorized"),
                        Map.entry(403, "Forbidden"),
                        Map.entry(404, "Not Found"),
                        Map.entry(405, "Method Not Allowed"),
                        Map.entry(406, "Not Acceptable"),
                        Map.entry(408, "Request Timeout"),
                        Map.entry(409, "Conflict"),
                        Map.entry(410, "Gone"),
                        Map.entry(411, "Length Required"),
                        Map.entry(412, "Precondition Failed"),
                        Map.entry(413, "Content Too Large"),
                        Map.entry(414, "URI Too Long"),
                        Map.entry(415, "Unsupported Media Type"),
                        Map.entry(416, "Range Not Satisfiable"),
                        Map.entry(417, "Expectation Failed"),
                        Map.entry(421, "Misdirected Request"),
                        Map.entry(422, "Unprocessable Content"),
                        Map.entry(426, "Upgrade Required"),
                        Map.entry(428, "Precondition Required"),
                        Map.entry(429, "Too Many Requests"),
                        Map.entry(431, "Request Header Fields Too Large"),
                        Map.entry(451, "Unavailable For Legal Reasons"),
                        Map.entry(500, "Internal Server Error"),
                        Map.entry(501, "Not Implemented"),
                        Map.entry(502, "Bad Gateway"),
                        Map.entry(503, "Service Unavailable"),
                        Map.entry(504, "Gateway Timeout"),
                        Map.entry(505, "HTTP Version Not Supported"),
                        Map.entry(511, "Network Authentication Required"))
                .forEach((code, reason) -> REASONS[code] = reason);
    }

    private StatusCode() {}

    /** The reason phrase RFC 9110 gives a status, or an empty text. */
    public static String reason(int status) {
        String reason = status < COUNT ? REASONS[status] : null;
        return reason == null ? "" : reason;
    }

    /** Whether it is a final status whose meaning this gateway knows. */
    public static boolean isKnown(int status) {
        return status >= 200 && status < COUNT && REASONS[status] != null;
    }

    /** Whether a response of this status may be reused without saying how long (RFC 9110 §15.1). */
    public static boolean isHeuristicallyCacheable(int status) {
        return switch (status) {
            case 200, 203, 204, 206, 300, 301, 308, 404, 405, 410, 414, 501 -> true;
            default -> false;
        };
    }

    /** Whether a response of this status never has content, whatever its fields say (RFC 9112 §6.3). */
    public static boolean hasNoContent(int status) {
        return status < 200 || status == 204 || status == 304;
    }
}
