package io.proxystone.cache;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the settings say about some requests and responses. Of the rules of a cache the first that matches counts; where it
 * says nothing, the RFC does.
 *
 * @param name what Cache-Status and the log call it
 * @param match what it is about
 * @param bypass whether the cache stays out of it
 * @param ttl the lifetime, whatever the response says about its own; of errors only if {@code match} names statuses
 * @param minTtl the shortest lifetime
 * @param maxTtl the longest lifetime
 * @param heuristicLimit the longest lifetime of a response that says nothing of its own (RFC 9111 §4.2.2)
 * @param staleWhileRevalidate how long a stale response may answer while it is validated, unless it says so itself
 * @param staleIfError how long a stale response may answer if the origin's answer is an error, unless it says so itself
 * @param staleIfUnreachable how long a stale response may answer if the origin does not
 * @param cacheControl whether the response's cache directives and Expires count
 * @param clientCacheControl whether the request's cache directives count
 * @param surrogateControl whether Surrogate-Control is read like a targeted field
 * @param setCookie when a response with Set-Cookie is stored
 * @param authorization whether a response to a request with Authorization is shared only if it says so (RFC 9111 §3.5)
 * @param bodyMethods methods besides GET and HEAD whose responses are stored, by the content of the request
 * @param key what the responses are stored under
 * @param tags what they can be purged by
 */
public record CacheRule(
        String name,
        CacheMatch match,
        boolean bypass,
        @Nullable Duration ttl,
        @Nullable Duration minTtl,
        @Nullable Duration maxTtl,
        Duration heuristicLimit,
        Duration staleWhileRevalidate,
        Duration staleIfError,
        Duration staleIfUnreachable,
        Directives cacheControl,
        Directives clientCacheControl,
        boolean surrogateControl,
        SetCookie setCookie,
        Authorization authorization,
        Set<String> bodyMethods,
        KeyRule key,
        List<String> tags) {

    /** Whether directives count. */
    public enum Directives {
        RESPECT,
        IGNORE
    }

    /** When a response with Set-Cookie is stored. */
    public enum SetCookie {
        /** Never. */
        NEVER,
        /** If the response itself says that it is for shared caches: public, s-maxage or a targeted field. */
        EXPLICIT,
        /** Like any other response: its cookie goes to every client that gets it. */
        STORE
    }

    /** Whether responses to requests with Authorization are shared. */
    public enum Authorization {
        /** If they say so. */
        RESPECT,
        /** Like other responses: what one user may see, all see. */
        SHARE
    }

    private static final int FIRST_ERROR = 400;
    private static final Duration DAY = Duration.ofDays(1);
    private static final Set<String> CACHEABLE_WITH_BODY = Set.of("POST", "QUERY");

    /** What the RFC says, without a rule. */
    public static final CacheRule DEFAULT = new CacheRule(
            null, null, false, null, null, null, null, null, null, null, null, null, false, null, null, null, null,
            null);

    public CacheRule(
            @Nullable String name,
            @Nullable CacheMatch match,
            boolean bypass,
            @Nullable Duration ttl,
            @Nullable Duration minTtl,
            @Nullable Duration maxTtl,
            @Nullable Duration heuristicLimit,
            @Nullable Duration staleWhileRevalidate,
            @Nullable Duration staleIfError,
            @Nullable Duration staleIfUnreachable,
            @Nullable Directives cacheControl,
            @Nullable Directives clientCacheControl,
            boolean surrogateControl,
            @Nullable SetCookie setCookie,
            @Nullable Authorization authorization,
            @Nullable Set<String> bodyMethods,
            @Nullable KeyRule key,
            @Nullable List<String> tags) {
        this.name = or(name, "");
        this.match = or(match, CacheMatch.ALL);
        this.bypass = bypass;
        this.ttl = ttl;
        this.minTtl = minTtl;
        this.maxTtl = maxTtl;
        this.heuristicLimit = or(heuristicLimit, DAY);
        this.staleWhileRevalidate = or(staleWhileRevalidate, Duration.ZERO);
        this.staleIfError = or(staleIfError, Duration.ZERO);
        this.staleIfUnreachable = or(staleIfUnreachable, DAY);
        this.cacheControl = or(cacheControl, Directives.RESPECT);
        this.clientCacheControl = or(clientCacheControl, Directives.RESPECT);
        this.surrogateControl = surrogateControl;
        this.setCookie = or(setCookie, SetCookie.EXPLICIT);
        this.authorization = or(authorization, Authorization.RESPECT);
        this.bodyMethods = or(bodyMethods, Set.<String>of()).stream()
                .map(method -> method.toUpperCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
        this.key = or(key, KeyRule.DEFAULT);
        this.tags = List.copyOf(or(tags, List.<String>of()));
        if (!CACHEABLE_WITH_BODY.containsAll(this.bodyMethods)) {
            throw new IllegalArgumentException("body-methods: only POST and QUERY are allowed");
        }
        if (minTtl != null && maxTtl != null && minTtl.compareTo(maxTtl) > 0) {
            throw new IllegalArgumentException("min-ttl is greater than max-ttl");
        }
    }

    private static <T> T or(@Nullable T value, T otherwise) {
        return value == null ? otherwise : value;
    }

    /** Whether responses to a method other than GET and HEAD are stored by the content of the request. */
    public boolean cachesMethod(String method) {
        return bodyMethods.contains(method);
    }

    /** Whether it says something that is needed before there is a response. */
    boolean countsBeforeResponses() {
        return bypass
                || !key.equals(KeyRule.DEFAULT)
                || !bodyMethods.isEmpty()
                || clientCacheControl != Directives.RESPECT
                || !staleIfUnreachable.equals(DAY);
    }

    boolean ignoresCacheControl() {
        return cacheControl == Directives.IGNORE;
    }

    boolean sharesAuthorized() {
        return authorization == Authorization.SHARE;
    }

    /** @param saysShared whether the response itself says that it is for shared caches */
    boolean storesSetCookie(boolean saysShared) {
        return setCookie == SetCookie.STORE || (setCookie == SetCookie.EXPLICIT && saysShared);
    }

    /** Whether its ttl is about responses of a status: errors only if it names statuses. */
    boolean hasTtlFor(int status) {
        return ttl != null && (status < FIRST_ERROR || !match.status().isEmpty());
    }

    /** A lifetime that is not the rule's own ttl, in milliseconds, no shorter and no longer than allowed. */
    long bound(long lifetime) {
        long least = minTtl == null ? 0 : minTtl.toMillis();
        long most = maxTtl == null ? Long.MAX_VALUE : maxTtl.toMillis();
        return Math.min(most, Math.max(least, lifetime));
    }
}
