package io.proxystone.http;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Reading and writing of single field values (RFC 9110 §5.5, §5.6). */
public final class FieldValue {
    private FieldValue() {}

    /** The octets of a value: control characters become spaces; beyond ISO 8859-1 it is written in UTF-8. */
    static byte[] encode(String value) {
        Charset charset = StandardCharsets.ISO_8859_1;
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) > 0xff) {
                charset = StandardCharsets.UTF_8;
                break;
            }
        }
        byte[] octets = value.strip().getBytes(charset);
        for (int i = 0; i < octets.length; i++) {
            if (!Octets.isFieldValue(octets[i])) {
                octets[i] = ' ';
            }
        }
        return octets;
    }

    /** Whether a comma-separated list has an element equal to the text in any case (RFC 9110 §5.6.1). */
    public static boolean listContains(String list, String element) {
        int start = 0;
        while (start <= list.length()) {
            int comma = list.indexOf(',', start);
            int end = comma < 0 ? list.length() : comma;
            int from = skipWhitespace(list, start, end);
            int to = trimWhitespace(list, from, end);
            if (to - from == element.length() && list.regionMatches(true, from, element, 0, element.length())) {
                return true;
            }
            start = end + 1;
        }
        return false;
    }

    private static int skipWhitespace(String text, int from, int to) {
        int i = from;
        while (i < to && (text.charAt(i) == ' ' || text.charAt(i) == '\t')) {
            i++;
        }
        return i;
    }

    private static int trimWhitespace(String text, int from, int to) {
        int i = to;
        while (i > from && (text.charAt(i - 1) == ' ' || text.charAt(i - 1) == '\t')) {
            i--;
        }
        return i;
    }
}
