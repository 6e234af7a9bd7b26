package io.proxystone.cache;

/** Why a request goes to the origin: the {@code fwd} parameter of Cache-Status (RFC 9211 §2.2). */
public enum ForwardReason {
    /** The settings have the cache stay out of it. */
    BYPASS("bypass"),
    /** The method's semantics require it. */
    METHOD("method"),
    /** Nothing is stored for the URI. */
    URI_MISS("uri-miss"),
    /** Something is stored for the URI, but not for requests like this one. */
    VARY_MISS("vary-miss"),
    /** What is stored may not be used, and no other reason fits better. */
    MISS("miss"),
    /** The request's directives do not allow what is stored. */
    REQUEST("request"),
    /** What is stored is stale. */
    STALE("stale"),
    /** Only a part of what is asked for is stored. */
    PARTIAL("partial");

    private final String token;

    ForwardReason(String token) {
        this.token = token;
    }

    /** The value as it stands in the field. */
    public String token() {
        return token;
    }
}
