package io.proxystone.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Host and optional port, as in a Host field (RFC 9110 §7.2, RFC 3986 §3.2).
 *
 * @param host the host in lower case; an IPv6 address keeps its brackets
 * @param port the port, or -1 if none is given
 */
public record Authority(String host, int port) {
    private static final int MAX_PORT = 65535;

    /** Reads {@code host}, {@code host:port} or {@code [address]:port}; null if the text is none of these or has user info. */
    public static @Nullable Authority parse(String text) {
        int hostEnd = text.startsWith("[") ? endOfAddress(text) : endOfName(text);
        if (hostEnd <= 0) {
            return null;
        }
        String host = text.substring(0, hostEnd).toLowerCase(Locale.ROOT);
        if (hostEnd == text.length()) {
            return new Authority(host, -1);
        }
        if (text.charAt(hostEnd) != ':') {
            return null;
        }
        int port = parsePort(text, hostEnd + 1);
        return port == -2 ? null : new Authority(host, port);
    }

    private static int endOfName(String text) {
        int i = 0;
        while (i < text.length() && text.charAt(i) <= 0x7f && Octets.isHost(text.charAt(i))) {
            if (text.charAt(i) == '%' && !UriPath.isEncodedOctet(text, i)) {
                return -1;
            }
            i++;
        }
        return i;
    }

    private static int endOfAddress(String text) {
        int close = text.indexOf(']');
        String address = close < 0 ? "" : text.substring(1, close);
        return address.indexOf(':') >= 0 && IpAddress.parse(address) != null ? close + 1 : -1;
    }

    /** The port from an index to the end, -1 if it is empty (which RFC 3986 §3.2.3 allows), -2 if malformed. */
    private static int parsePort(String text, int from) {
        if (from == text.length()) {
            return -1;
        }
        int port = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -2;
            }
            port = port * 10 + c - '0';
            if (port > MAX_PORT) {
                return -2;
            }
        }
        return port;
    }
}
