package io.proxystone.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Normal form of URI paths (RFC 3986 §6.2.2), so that two spellings of one path meet the same flow. */
public final class UriPath {
    private UriPath() {}

    /**
     * The path with percent-encoded unreserved characters decoded, other percent-encodings in upper case, octets that must
     * not stand in a path encoded, and dot segments removed. An encoded slash stays encoded: it is data, not a separator.
     *
     * @param rawPath the path in ISO 8859-1, a character for each octet
     * @return null if a percent sign is not followed by two hexadecimal digits or encodes NUL
     */
    public static @Nullable String normalize(String rawPath) {
        boolean plain = true;
        for (int i = 0; i < rawPath.length() && plain; i++) {
            char c = rawPath.charAt(i);
            plain = Octets.isPath(c) && !(c == '/' && i + 1 < rawPath.length() && rawPath.charAt(i + 1) == '.');
        }
        if (plain) {
            return rawPath;
        }
        String decoded = decodeUnreserved(rawPath);
        return decoded == null ? null : removeDotSegments(decoded);
    }

    /** A segment of a normal path as the text it stands for, in UTF-8. */
    public static String decode(String segment) {
        return segment.indexOf('%') < 0
                ? segment
                : URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Whether a percent sign at an index is followed by two hexadecimal digits. */
    static boolean isEncodedOctet(String text, int percent) {
        return percent + 2 < text.length() && decode(text.charAt(percent + 1), text.charAt(percent + 2)) >= 0;
    }

    private static @Nullable String decodeUnreserved(String path) {
        StringBuilder decoded = new StringBuilder(path.length());
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c != '%') {
                append(c, Octets.isPath(c), decoded);
                continue;
            }
            int octet = i + 2 < path.length() ? decode(path.charAt(i + 1), path.charAt(i + 2)) : -1;
            if (octet <= 0) {
                return null;
            }
            append(octet, Octets.isUnreserved(octet), decoded);
            i += 2;
        }
        return decoded.toString();
    }

    private static void append(int octet, boolean asItIs, StringBuilder path) {
        if (asItIs) {
            path.append((char) octet);
        } else {
            path.append('%').append(digit(octet >> 4)).append(digit(octet & 15));
        }
    }

    private static int decode(char high, char low) {
        int h = high > 0x7f ? -1 : Octets.hex(high);
        int l = low > 0x7f ? -1 : Octets.hex(low);
        return h < 0 || l < 0 ? -1 : h << 4 | l;
    }

    private static char digit(int value) {
        return Character.toUpperCase(Character.forDigit(value, 16));
    }

    /** RFC 3986 §5.2.4 for a path that starts with a slash. */
    private static String removeDotSegments(String path) {
        Deque<String> segments = new ArrayDeque<>();
        String[] parts = path.split("/", -1);
        for (int i = 1; i < parts.length; i++) {
            boolean last = i == parts.length - 1;
            if (parts[i].equals("..")) {
                segments.pollLast();
            } else if (!parts[i].equals(".")) {
                segments.add(parts[i]);
                continue;
            }
            if (last) {
                segments.add("");
            }
        }
        return "/" + String.join("/", segments);
    }
}
