package io.proxystone.http;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Request methods by name and the properties RFC 9110 §9.2 gives them. A method is any token; these are the known ones. */
public final class Method {
    public static final String GET = "GET";
    public static final String HEAD = "HEAD";
    public static final String POST = "POST";
    public static final String PUT = "PUT";
    public static final String DELETE = "DELETE";
    public static final String PATCH = "PATCH";
    public static final String OPTIONS = "OPTIONS";
    public static final String TRACE = "TRACE";
    public static final String CONNECT = "CONNECT";
    public static final String QUERY = "QUERY";

    private static final Set<String> SAFE = Set.of(GET, HEAD, OPTIONS, TRACE, QUERY);

    private Method() {}

    /** The constant for a known method, so that comparing is cheap; else the text itself. */
    public static String intern(byte[] octets, int from, int to) {
        if (to - from == 3 && octets[from] == 'G' && octets[from + 1] == 'E' && octets[from + 2] == 'T') {
            return GET;
        }
        return new String(octets, from, to - from, StandardCharsets.US_ASCII).intern();
    }

    /** Whether a request line starts with HEAD, whatever follows. */
    public static boolean isHead(byte[] requestLine) {
        return requestLine.length > 4
                && requestLine[0] == 'H'
                && requestLine[1] == 'E'
                && requestLine[2] == 'A'
                && requestLine[3] == 'D'
                && requestLine[4] == ' ';
    }

    /** Whether the method asks for nothing but reading (RFC 9110 §9.2.1). */
    public static boolean isSafe(String method) {
        return SAFE.contains(method);
    }

    /** Whether doing it twice intends the same as once, so that it may be sent again (RFC 9110 §9.2.2). */
    public static boolean isIdempotent(String method) {
        return isSafe(method) || method.equals(PUT) || method.equals(DELETE);
    }
}
