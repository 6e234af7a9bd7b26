package io.proxystone.cache;

import org.jspecify.annotations.Nullable;

/**
 * How a cache handled a request: a member of Cache-Status (RFC 9211).
 *
 * @param forward why the request went to the origin, or null if a stored response answered
 * @param forwardStatus the status of the origin's response, or 0 if there was none
 * @param ttl how long the response stays fresh, in seconds, negative once it is stale; null if it has no lifetime here
 * @param stored whether the origin's response is being stored
 * @param collapsed whether the request shared one to the origin with others
 * @param key what the response is stored under
 * @param detail what decided, or an empty text
 */
public record CacheStatus(
        @Nullable ForwardReason forward,
        int forwardStatus,
        @Nullable Long ttl,
        boolean stored,
        boolean collapsed,
        CacheKey key,
        String detail) {

    /** The name this cache goes by. */
    public static final String CACHE = "proxy-stone";

    /** A stored response answered. */
    public static CacheStatus hit(CacheKey key, StoredHead head, long now) {
        return new CacheStatus(
                null, 0, Math.floorDiv(head.freshness().remaining(now), 1000L), false, false, key, head.rule());
    }

    /** The origin answered, and nothing of it is stored. */
    public static CacheStatus forwarded(ForwardReason reason, int status, CacheKey key, String detail) {
        return new CacheStatus(reason, status, null, false, false, key, detail);
    }

    /** The member as it stands in the field. */
    public String text() {
        StringBuilder text = new StringBuilder(96).append(CACHE);
        if (forward == null) {
            text.append(";hit");
        } else {
            text.append(";fwd=").append(forward.token());
            if (forwardStatus > 0) {
                text.append(";fwd-status=").append(forwardStatus);
            }
        }
        if (ttl != null) {
            text.append(";ttl=").append(ttl.longValue());
        }
        if (stored) {
            text.append(";stored");
        }
        if (collapsed) {
            text.append(";collapsed");
        }
        string("key", key.text(), text);
        if (!detail.isEmpty()) {
            string("detail", detail, text);
        }
        return text.toString();
    }

    /** A parameter with a String (RFC 9651 §3.3.3), which has printable ASCII only. */
    private static void string(String name, String value, StringBuilder text) {
        text.append(';').append(name).append("=\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else {
                text.append(c < ' ' || c > '~' ? '?' : c);
            }
        }
        text.append('"');
    }
}
