package io.proxystone.upstream;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One server of an upstream.
 *
 * @param tls whether it is spoken to over TLS
 * @param host its name or address; an IPv6 address without brackets
 * @param port its port
 * @param basePath what stands before the path of every request; empty or starting with a slash and not ending with one
 */
public record Target(boolean tls, String host, int port, String basePath) {
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;
    private static final int MAX_PORT = 65_535;

    /** @throws IllegalArgumentException if the text is not {@code http://host[:port][/path]} or the same with {@code https} */
    public static Target parse(String url) {
        try {
            URI uri = new URI(url);
            @Nullable
            String scheme = uri.getScheme() == null ? null : uri.getScheme().toLowerCase(Locale.ROOT);
            boolean tls = "https".equals(scheme);
            String host = uri.getHost();
            if ((!tls && !"http".equals(scheme)) || host == null) {
                throw malformed(url, null);
            }
            if (uri.getRawQuery() != null || uri.getRawFragment() != null || uri.getRawUserInfo() != null) {
                throw new IllegalArgumentException(
                        "The URL has a query, a fragment or user information; only a host and a path may stand there");
            }
            if (uri.getPort() == 0 || uri.getPort() > MAX_PORT) {
                throw new IllegalArgumentException("The port " + uri.getPort() + " is not within 1 and " + MAX_PORT);
            }
            String path = uri.getRawPath();
            while (path.endsWith("/")) {
                path = path.substring(0, path.length() - 1);
            }
            int port = uri.getPort() >= 0 ? uri.getPort() : tls ? HTTPS_PORT : HTTP_PORT;
            return new Target(tls, host.startsWith("[") ? host.substring(1, host.length() - 1) : host, port, path);
        } catch (URISyntaxException e) {
            throw malformed(url, e);
        }
    }

    private static IllegalArgumentException malformed(String url, @Nullable Exception cause) {
        String shown = url.replaceFirst("//.*@", "//***@");
        return new IllegalArgumentException("'" + shown + "' is not http://host[:port][/path] or https://…", cause);
    }

    /** Host and port as a Host field writes them. */
    public String authority() {
        String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return port == (tls ? HTTPS_PORT : HTTP_PORT) ? name : name + ":" + port;
    }

    @Override
    public String toString() {
        return (tls ? "https://" : "http://") + authority() + basePath;
    }
}
