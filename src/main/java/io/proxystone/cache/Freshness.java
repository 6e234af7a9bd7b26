package io.proxystone.cache;

/**
 * How old a stored response is and how long it may be reused (RFC 9111 §4.2). Computed once, when it is received; times are
 * milliseconds, instants since 1970.
 *
 * @param received when it was received: response_time of RFC 9111 §4.2.3
 * @param initialAge its age at that time: corrected_initial_age of RFC 9111 §4.2.3
 * @param lifetime how old it may get and be reused without validation (RFC 9111 §4.2.1)
 * @param source where the lifetime comes from
 * @param staleWhileRevalidate how long after that it may be reused while it is validated (RFC 5861 §3)
 * @param staleIfError how long after that it may be reused if the origin fails (RFC 5861 §4)
 * @param staleUse what may be done with it once it is stale, whatever a request says
 */
public record Freshness(
        long received,
        long initialAge,
        long lifetime,
        Source source,
        long staleWhileRevalidate,
        long staleIfError,
        StaleUse staleUse) {

    /** Where a freshness lifetime comes from. */
    public enum Source {
        /** The rule of the settings. */
        RULE,
        /** A targeted field such as CDN-Cache-Control (RFC 9213). */
        TARGETED,
        /** s-maxage. */
        S_MAXAGE,
        /** max-age. */
        MAX_AGE,
        /** Expires. */
        EXPIRES,
        /** The response's Last-Modified (RFC 9111 §4.2.2). */
        HEURISTIC,
        /** Nothing gives it one. */
        NONE
    }

    /** What may be done with a stale response (RFC 9111 §4.2.4). */
    public enum StaleUse {
        /** It may be reused where its windows, the settings or the request say so, and when the origin cannot be reached. */
        ALLOWED,
        /** It must be validated first, whatever happens: must-revalidate, proxy-revalidate, s-maxage. */
        FORBIDDEN,
        /** It must be validated first even while it is fresh: no-cache. */
        FORBIDDEN_ALSO_FRESH
    }

    /** Its age: current_age of RFC 9111 §4.2.3. */
    public long age(long now) {
        return initialAge + Math.max(0, now - received);
    }

    /** Its age in whole seconds, as the Age field tells it (RFC 9111 §5.1). */
    public long ageSeconds(long now) {
        return age(now) / 1000;
    }

    /** Whether it is younger than its lifetime. */
    public boolean isFresh(long now) {
        return lifetime > age(now);
    }

    /** How long it stays fresh; negative once it is stale. */
    public long remaining(long now) {
        return lifetime - age(now);
    }

    /** How long after {@code now} it is of any use without the origin's consent, at least 0. */
    public long usefulFor(long now) {
        long windows = Math.max(staleWhileRevalidate, staleIfError);
        return Math.max(0, remaining(now) + (staleUse == StaleUse.ALLOWED ? windows : 0));
    }

    /** The same, stale as of {@code now}. */
    public Freshness staleAt(long now) {
        long age = age(now);
        return new Freshness(
                received, initialAge, Math.min(lifetime, age), source, staleWhileRevalidate, staleIfError, staleUse);
    }
}
