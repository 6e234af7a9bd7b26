package io.proxystone.cache;

import io.proxystone.http.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The value of a request field in the normal form in which Vary compares it (RFC 9111 §4.1): lines joined, white space around
 * commas and semicolons removed, and where the field's own definition makes case or order meaningless, those too.
 */
final class SelectingValue {
    private SelectingValue() {}

    /** The normal form, or null if the request does not have the field. */
    static @Nullable String of(String lowerCaseName, Fields request) {
        List<String> lines = request.all(lowerCaseName);
        if (lines.isEmpty()) {
            return null;
        }
        String joined = lines.size() == 1 ? lines.get(0) : String.join(",", lines);
        return switch (lowerCaseName) {
            case "accept-encoding" -> codings(joined);
            case "accept-language", "accept-charset" -> withoutSpace(joined).toLowerCase(Locale.ROOT);
            default -> withoutSpace(joined);
        };
    }

    /** Codings in lower case and alphabetical order, without those that are not wanted (RFC 9110 §12.5.3). */
    private static String codings(String value) {
        List<String> wanted = new ArrayList<>();
        String plain = withoutSpace(value).toLowerCase(Locale.ROOT);
        for (String element : plain.split(",")) {
            String coding = element.replaceFirst(";q=1(?:\\.0{0,3})?$", "");
            boolean refused = coding.matches(".*;q=0(?:\\.0{0,3})?");
            // Codings that are not listed are refused, too, except identity, and except where * stands for them.
            boolean tells = !refused || coding.startsWith("identity;") || plain.contains("*");
            if (tells && !coding.isEmpty() && !wanted.contains(coding)) {
                wanted.add(coding);
            }
        }
        wanted.sort(null);
        return String.join(",", wanted);
    }

    /** The text without white space around commas and semicolons outside of quoted strings, and without empty elements. */
    private static String withoutSpace(String value) {
        StringBuilder kept = new StringBuilder(value.length());
        boolean quoted = false;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (quoted) {
                kept.append(c);
                if (c == '\\' && i + 1 < value.length()) {
                    kept.append(value.charAt(++i));
                } else if (c == '"') {
                    quoted = false;
                }
            } else if (c == ',' || c == ';') {
                trimEnd(kept);
                if (c == ';' || (kept.length() > 0 && kept.charAt(kept.length() - 1) != ',')) {
                    kept.append(c);
                }
                i = skipSpace(value, i + 1) - 1;
            } else {
                quoted = c == '"';
                kept.append(c);
            }
        }
        trimEnd(kept);
        if (kept.length() > 0 && kept.charAt(kept.length() - 1) == ',') {
            kept.setLength(kept.length() - 1);
        }
        return kept.toString();
    }

    private static int skipSpace(String text, int from) {
        int i = from;
        while (i < text.length() && isSpace(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private static void trimEnd(StringBuilder text) {
        while (text.length() > 0 && isSpace(text.charAt(text.length() - 1))) {
            text.setLength(text.length() - 1);
        }
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }
}
