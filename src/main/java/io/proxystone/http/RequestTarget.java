package io.proxystone.http;

import org.jspecify.annotations.Nullable;

/**
 * What a request line asks for (RFC 9112 §3.2): path and query as they were written, to be passed on octet by octet, and
 * the normal path that routing compares.
 *
 * @param form how the target was written
 * @param authority host and port of the absolute and the authority form, else null
 * @param rawPath the path as written; {@code /} where the absolute form has none, {@code *} in the asterisk form
 * @param rawQuery the query as written without its question mark, or null if there is no question mark
 * @param path the path without dot segments and with unreserved characters decoded (RFC 3986 §6.2.2)
 */
public record RequestTarget(
        Form form,
        @Nullable String authority,
        String rawPath,
        @Nullable String rawQuery,
        String path) {

    /** The four ways to write a target. */
    public enum Form {
        ORIGIN,
        ABSOLUTE,
        AUTHORITY,
        ASTERISK
    }

    private static final String[] SCHEMES = {"http://", "https://"};

    /**
     * Reads a target of which every octet is {@link Octets#isTarget}.
     *
     * @return null if it has none of the forms its method allows, or a path with a malformed percent-encoding
     */
    public static @Nullable RequestTarget parse(String method, String text) {
        if (method.equals(Method.CONNECT)) {
            Authority authority = Authority.parse(text);
            boolean complete = authority != null && authority.port() >= 0;
            return complete ? new RequestTarget(Form.AUTHORITY, text, "", null, "") : null;
        }
        if (text.charAt(0) == '/') {
            return of(Form.ORIGIN, null, text);
        }
        if (text.equals("*")) {
            return method.equals(Method.OPTIONS) ? new RequestTarget(Form.ASTERISK, null, "*", null, "*") : null;
        }
        for (String scheme : SCHEMES) {
            if (text.regionMatches(true, 0, scheme, 0, scheme.length())) {
                return parseAbsolute(method, text, scheme.length());
            }
        }
        return null;
    }

    private static @Nullable RequestTarget parseAbsolute(String method, String text, int authorityStart) {
        int end = authorityStart;
        while (end < text.length() && text.charAt(end) != '/' && text.charAt(end) != '?') {
            end++;
        }
        String authority = text.substring(authorityStart, end);
        String rest = text.substring(end);
        if (rest.isEmpty() && method.equals(Method.OPTIONS)) {
            return new RequestTarget(Form.ASTERISK, authority, "*", null, "*");
        }
        return of(Form.ABSOLUTE, authority, rest.startsWith("/") ? rest : "/" + rest);
    }

    private static @Nullable RequestTarget of(Form form, @Nullable String authority, String pathAndQuery) {
        int question = pathAndQuery.indexOf('?');
        String rawPath = question < 0 ? pathAndQuery : pathAndQuery.substring(0, question);
        String rawQuery = question < 0 ? null : pathAndQuery.substring(question + 1);
        String path = UriPath.normalize(rawPath);
        return path == null ? null : new RequestTarget(form, authority, rawPath, rawQuery, path);
    }
}
