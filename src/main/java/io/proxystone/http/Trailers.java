package io.proxystone.http;

/** Which fields may come after the content (RFC 9110 §6.5.1). */
public final class Trailers {
    private Trailers() {}

    /**
     * Whether a field may stand in a trailer section: none that frames, routes, modifies, authenticates or describes the
     * message, or controls what is done with a response.
     */
    public static boolean mayContain(FieldName name) {
        return switch (name) {
            case AGE,
                    AUTHORIZATION,
                    CACHE_CONTROL,
                    CDN_CACHE_CONTROL,
                    CONNECTION,
                    CONTENT_ENCODING,
                    CONTENT_LENGTH,
                    CONTENT_LOCATION,
                    CONTENT_RANGE,
                    CONTENT_TYPE,
                    COOKIE,
                    DATE,
                    EXPECT,
                    EXPIRES,
                    FORWARDED,
                    HOST,
                    IF_MATCH,
                    IF_MODIFIED_SINCE,
                    IF_NONE_MATCH,
                    IF_RANGE,
                    IF_UNMODIFIED_SINCE,
                    KEEP_ALIVE,
                    LOCATION,
                    MAX_FORWARDS,
                    PRAGMA,
                    PROXY_AUTHENTICATE,
                    PROXY_AUTHENTICATION_INFO,
                    PROXY_AUTHORIZATION,
                    PROXY_CONNECTION,
                    RANGE,
                    RETRY_AFTER,
                    SET_COOKIE,
                    SURROGATE_CONTROL,
                    TE,
                    TRAILER,
                    TRANSFER_ENCODING,
                    UPGRADE,
                    VARY,
                    VIA,
                    WARNING,
                    WWW_AUTHENTICATE,
                    X_FORWARDED_FOR,
                    X_FORWARDED_HOST,
                    X_FORWARDED_PORT,
                    X_FORWARDED_PROTO -> false;
            default -> true;
        };
    }
}
