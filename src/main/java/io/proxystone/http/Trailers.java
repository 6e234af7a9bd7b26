package io.proxystone.http;

/** Which fields may come after the content (RFC 9110 §6.5.1). */
public final class Trailers {
    private Trailers() {}

    /** Whether a field may stand in a trailer section: none that frames, routes, authenticates or describes the message. */
    public static boolean mayContain(FieldName name) {
        return switch (name) {
            case AUTHORIZATION,
                    CACHE_CONTROL,
                    CONNECTION,
                    CONTENT_ENCODING,
                    CONTENT_LENGTH,
                    CONTENT_RANGE,
                    CONTENT_TYPE,
                    COOKIE,
                    DATE,
                    EXPECT,
                    FORWARDED,
                    HOST,
                    KEEP_ALIVE,
                    LOCATION,
                    MAX_FORWARDS,
                    PROXY_AUTHENTICATE,
                    PROXY_AUTHENTICATION_INFO,
                    PROXY_AUTHORIZATION,
                    PROXY_CONNECTION,
                    RETRY_AFTER,
                    SET_COOKIE,
                    TE,
                    TRAILER,
                    TRANSFER_ENCODING,
                    UPGRADE,
                    VARY,
                    VIA,
                    X_FORWARDED_FOR,
                    X_FORWARDED_HOST,
                    X_FORWARDED_PORT,
                    X_FORWARDED_PROTO -> false;
            default -> true;
        };
    }
}
