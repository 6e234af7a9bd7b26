package io.proxystone.cache;

import io.proxystone.http.StructuredWriter;
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
        StructuredWriter member = StructuredWriter.token(CACHE);
        if (forward == null) {
            member.parameter("hit");
        } else {
            member.tokenParameter("fwd", forward.token());
            if (forwardStatus > 0) {
                member.parameter("fwd-status", forwardStatus);
            }
        }
        if (ttl != null) {
            member.parameter("ttl", ttl);
        }
        if (stored) {
            member.parameter("stored");
        }
        if (collapsed) {
            member.parameter("collapsed");
        }
        member.parameter("key", key.text());
        if (!detail.isEmpty()) {
            member.parameter("detail", detail);
        }
        return member.text();
    }
}
