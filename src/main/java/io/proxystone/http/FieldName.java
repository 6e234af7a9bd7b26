package io.proxystone.http;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A field name the gateway knows by heart (RFC 9110 §5.1). Parsing maps a name to its constant once, so that later
 * questions about it compare references.
 */
public enum FieldName {
    ACCEPT("Accept"),
    ACCEPT_ENCODING("Accept-Encoding"),
    ACCEPT_LANGUAGE("Accept-Language"),
    AGE("Age"),
    ALLOW("Allow"),
    AUTHORIZATION("Authorization"),
    CACHE_CONTROL("Cache-Control"),
    CACHE_STATUS("Cache-Status"),
    CACHE_TAG("Cache-Tag"),
    CDN_CACHE_CONTROL("CDN-Cache-Control"),
    CONNECTION("Connection"),
    CONTENT_ENCODING("Content-Encoding"),
    CONTENT_LENGTH("Content-Length"),
    CONTENT_LOCATION("Content-Location"),
    CONTENT_RANGE("Content-Range"),
    CONTENT_TYPE("Content-Type"),
    COOKIE("Cookie"),
    DATE("Date"),
    ETAG("ETag"),
    EXPECT("Expect"),
    EXPIRES("Expires"),
    FORWARDED("Forwarded"),
    HOST("Host"),
    IF_MATCH("If-Match"),
    IF_MODIFIED_SINCE("If-Modified-Since"),
    IF_NONE_MATCH("If-None-Match"),
    IF_RANGE("If-Range"),
    IF_UNMODIFIED_SINCE("If-Unmodified-Since"),
    KEEP_ALIVE("Keep-Alive"),
    LAST_MODIFIED("Last-Modified"),
    LOCATION("Location"),
    MAX_FORWARDS("Max-Forwards"),
    PRAGMA("Pragma"),
    PROXY_AUTHENTICATE("Proxy-Authenticate"),
    PROXY_AUTHENTICATION_INFO("Proxy-Authentication-Info"),
    PROXY_AUTHORIZATION("Proxy-Authorization"),
    PROXY_CONNECTION("Proxy-Connection"),
    RANGE("Range"),
    REFERER("Referer"),
    RETRY_AFTER("Retry-After"),
    SERVER("Server"),
    SET_COOKIE("Set-Cookie"),
    SURROGATE_CONTROL("Surrogate-Control"),
    SURROGATE_KEY("Surrogate-Key"),
    TE("TE"),
    TRACEPARENT("traceparent"),
    TRACESTATE("tracestate"),
    TRAILER("Trailer"),
    TRANSFER_ENCODING("Transfer-Encoding"),
    UPGRADE("Upgrade"),
    USER_AGENT("User-Agent"),
    VARY("Vary"),
    VIA("Via"),
    WARNING("Warning"),
    WWW_AUTHENTICATE("WWW-Authenticate"),
    X_FORWARDED_FOR("X-Forwarded-For"),
    X_FORWARDED_HOST("X-Forwarded-Host"),
    X_FORWARDED_PORT("X-Forwarded-Port"),
    X_FORWARDED_PROTO("X-Forwarded-Proto"),
    X_REQUEST_ID("X-Request-Id");

    private static final int TABLE_SIZE = 512;
    private static final @Nullable FieldName[] TABLE = new @Nullable FieldName[TABLE_SIZE];

    static {
        for (FieldName name : values()) {
            int slot = slot(name.hash);
            while (TABLE[slot] != null) {
                slot = (slot + 1) % TABLE_SIZE;
            }
            TABLE[slot] = name;
        }
    }

    private final String text;

    @SuppressWarnings("ImmutableEnumChecker") // never handed out for writing
    private final byte[] lower;

    @SuppressWarnings("ImmutableEnumChecker")
    private final byte[] line;

    private final int hash;

    FieldName(String text) {
        this.text = text;
        this.lower = text.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
        this.line = (text + ": ").getBytes(StandardCharsets.US_ASCII);
        int h = 0;
        for (byte octet : lower) {
            h = hash(h, octet);
        }
        this.hash = h;
    }

    /** The hash of a name so far, extended by one more octet of it; case does not matter. */
    public static int hash(int soFar, int octet) {
        return soFar * 31 + (octet | 0x20);
    }

    /** The known name that stands in {@code bytes[from, to)} and has the given {@link #hash}, or null. */
    static @Nullable FieldName find(byte[] bytes, int from, int to, int hash) {
        for (int slot = slot(hash); ; slot = (slot + 1) % TABLE_SIZE) {
            FieldName candidate = TABLE[slot];
            if (candidate == null) {
                return null;
            }
            if (candidate.hash == hash && candidate.matches(bytes, from, to)) {
                return candidate;
            }
        }
    }

    /** The known name spelled by a text in any case, or null. */
    public static @Nullable FieldName find(String text) {
        int hash = 0;
        for (int i = 0; i < text.length(); i++) {
            hash = hash(hash, text.charAt(i));
        }
        for (int slot = slot(hash); ; slot = (slot + 1) % TABLE_SIZE) {
            FieldName candidate = TABLE[slot];
            if (candidate == null || (candidate.hash == hash && candidate.text.equalsIgnoreCase(text))) {
                return candidate;
            }
        }
    }

    /** The name as RFCs spell it. */
    public String text() {
        return text;
    }

    /** The octets that start a field line of this name: the name, a colon, a space. */
    byte[] lineStart() {
        return line;
    }

    private boolean matches(byte[] bytes, int from, int to) {
        if (to - from != lower.length) {
            return false;
        }
        for (int i = 0; i < lower.length; i++) {
            if (Octets.lower(bytes[from + i]) != lower[i]) {
                return false;
            }
        }
        return true;
    }

    private static int slot(int hash) {
        return (hash ^ (hash >>> 9)) & (TABLE_SIZE - 1);
    }

    @Override
    public String toString() {
        return text;
    }
}
