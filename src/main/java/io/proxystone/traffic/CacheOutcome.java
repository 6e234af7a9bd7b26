package io.proxystone.traffic;

import java.util.Locale;

/** What a cache did for a request. */
public enum CacheOutcome {
    /** A stored response that was fresh answered. */
    HIT,
    /** A stored response that was stale answered. */
    STALE,
    /** A stored response answered after the origin had confirmed it. */
    VALIDATED,
    /** The response another request was waiting for answered this one, too. */
    COLLAPSED,
    /** The origin answered, and its response is stored. */
    MISS,
    /** The origin answered, and its response is not stored. */
    PASS;

    private final String text = name().toLowerCase(Locale.ROOT);

    /** The name as it stands in logs and metrics. */
    public String text() {
        return text;
    }
}
