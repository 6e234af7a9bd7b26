package io.proxystone.cache;

import io.proxystone.http.Authority;
import io.proxystone.http.UriPath;
import org.jspecify.annotations.Nullable;

/**
 * The target URI of a request in its parts (RFC 9110 §7.1).
 *
 * @param scheme {@code http} or {@code https}
 * @param authority host and port as the client wrote them; may be empty
 * @param path the path as it goes to the origin
 * @param query the query as it goes to the origin, without its question mark, or null
 */
public record CacheTarget(
        String scheme,
        String authority,
        String path,
        @Nullable String query) {

    /** The host in lower case with its port unless it is the scheme's own (RFC 9110 §4.2.3). */
    String normalAuthority() {
        Authority parsed = Authority.parse(authority);
        if (parsed == null) {
            return authority;
        }
        int own = scheme.equals("https") ? 443 : 80;
        return parsed.port() < 0 || parsed.port() == own ? parsed.host() : parsed.host() + ":" + parsed.port();
    }

    /** The path as rules see it: whichever way it is spelled, as flows see it, too (RFC 3986 §6.2.2). */
    String normalPath() {
        String normal = UriPath.normalize(path);
        return normal == null ? path : normal;
    }

    /** The host in lower case without its port. */
    String host() {
        Authority parsed = Authority.parse(authority);
        return parsed == null ? authority : parsed.host();
    }
}
