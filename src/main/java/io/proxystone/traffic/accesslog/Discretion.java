package io.proxystone.traffic.accesslog;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps credentials that stand in URLs out of the log: the values of parameters that are known to carry them, and user
 * information.
 */
final class Discretion {
    private static final String MASK = "***";
    private static final int MAX_NAME = 64;

    /** Names without case, dashes and underscores. */
    private static final Set<String> SECRET = Set.of(
            "accesstoken",
            "apikey",
            "auth",
            "authorization",
            "clientsecret",
            "idtoken",
            "key",
            "passwd",
            "password",
            "pwd",
            "refreshtoken",
            "secret",
            "sig",
            "signature",
            "token",
            "xamzsecuritytoken",
            "xamzsignature",
            "xgoogsignature");

    private Discretion() {}

    /** The URL or its path and query as it may be written down. */
    static @Nullable String mask(@Nullable String url) {
        if (url == null) {
            return null;
        }
        int parameters = start(url, 0);
        String head = parameters < 0 ? url : url.substring(0, parameters);
        String shown = head.indexOf('@') < 0 ? head : head.replaceFirst("//[^/@]*@", "//" + MASK + "@");
        if (parameters < 0) {
            return shown;
        }
        StringBuilder masked = new StringBuilder(url.length()).append(shown);
        for (int at = parameters; at < url.length(); ) {
            int next = start(url, at + 1);
            int end = next < 0 ? url.length() : next;
            appendParameter(url, at, end, masked);
            at = end;
        }
        return masked.toString();
    }

    /** Where the next parameter starts, its separator included; -1 if there is none. */
    private static int start(String url, int from) {
        for (int i = from; i < url.length(); i++) {
            char c = url.charAt(i);
            if (c == '?' || c == '#' || (from > 0 && (c == '&' || c == ';'))) {
                return i;
            }
        }
        return -1;
    }

    private static void appendParameter(String url, int from, int to, StringBuilder masked) {
        int equals = url.indexOf('=', from);
        if (equals < 0 || equals >= to || !isSecret(url.substring(from + 1, equals))) {
            masked.append(url, from, to);
        } else {
            masked.append(url, from, equals + 1).append(MASK);
        }
    }

    private static boolean isSecret(String name) {
        return name.length() <= MAX_NAME
                && SECRET.contains(decode(name).toLowerCase(Locale.ROOT).replaceAll("[-_]", ""));
    }

    /** The name with percent-encoded ASCII decoded: who wants to hide a parameter's name must not get its value logged. */
    private static String decode(String name) {
        if (name.indexOf('%') < 0) {
            return name;
        }
        StringBuilder decoded = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            int high = i + 2 < name.length() ? Character.digit(name.charAt(i + 1), 16) : -1;
            int low = i + 2 < name.length() ? Character.digit(name.charAt(i + 2), 16) : -1;
            if (name.charAt(i) == '%' && high >= 0 && low >= 0) {
                decoded.append((char) (high * 16 + low));
                i += 2;
            } else {
                decoded.append(name.charAt(i));
            }
        }
        return decoded.toString();
    }
}
