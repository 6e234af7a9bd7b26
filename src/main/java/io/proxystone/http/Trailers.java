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
                    EXPECT,
                    HOST,
                    KEEP_ALIVE,
                    MAX_FORWARDS,
                    PROXY_AUTHENTICATE,
                    PROXY_AUTHENTICATION_INFO,
                    PROXY_AUTHORIZATION,
                    PROXY_CONNECTION,
                    SET_COOKIE,
                    TE,
                    TRAILER,
                    TRANSFER_ENCODING,
                    UPGRADE -> false;
            default -> true;
        };
    }
}
