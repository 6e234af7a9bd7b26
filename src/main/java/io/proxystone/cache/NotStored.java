package io.proxystone.cache;

/** Why a response is not stored (RFC 9111 §3). */
public enum NotStored {
    BYPASS("the settings have the cache stay out of it"),
    METHOD("responses to this method are not stored"),
    STATUS("a response of this status is not stored by itself"),
    NOT_UNDERSTOOD("must-understand, and the status is not understood"),
    REQUEST_NO_STORE("the request says no-store"),
    NO_STORE("no-store"),
    PRIVATE("private"),
    AUTHORIZATION("the request has Authorization, and nothing allows to share the response"),
    VARY("Vary: *"),
    SET_COOKIE("Set-Cookie, and nothing says that it is for shared caches"),
    NOT_CACHEABLE("nothing makes it cacheable"),
    NOT_REUSABLE("it would be stale at once, and cannot be validated"),
    INVALIDATED("the resource was changed while it was on its way"),
    TOO_LARGE("larger than the store takes");

    private final String text;

    NotStored(String text) {
        this.text = text;
    }

    /** The reason in words. */
    public String text() {
        return text;
    }
}
