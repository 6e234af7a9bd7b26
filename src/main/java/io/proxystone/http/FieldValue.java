package io.proxystone.http;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

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

    /**
     * The elements of a comma-separated list over all its lines, without white space around them; empty ones do not count
     * (RFC 9110 §5.6.1.2). A comma in a quoted string separates nothing; a string that is not closed ends with its line.
     */
    public static List<String> splitList(List<String> lines) {
        List<String> elements = new ArrayList<>();
        for (String line : lines) {
            int start = 0;
            while (start < line.length()) {
                int end = endOfElement(line, start);
                String element = trim(line, start, end);
                if (!element.isEmpty()) {
                    elements.add(element);
                }
                start = end + 1;
            }
        }
        return elements;
    }

    /** The next comma outside quoted strings, or the end. */
    private static int endOfElement(String line, int from) {
        boolean quoted = false;
        for (int i = from; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == '\\' && quoted) {
                i++;
            } else if (c == ',' && !quoted) {
                return i;
            }
        }
        return line.length();
    }

    /** The number that {@code text[from, to)} is in digits alone, {@link Long#MAX_VALUE} if it is larger, or -1 (1*DIGIT). */
    static long number(String text, int from, int to) {
        long number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number > (Long.MAX_VALUE - digit) / 10 ? Long.MAX_VALUE : number * 10 + digit;
        }
        return from < to ? number : -1;
    }

    /** A text without the spaces and tabs around it. */
    static String trim(String text) {
        return trim(text, 0, text.length());
    }

    /** {@code text[start, end)} without the spaces and tabs around it. */
    static String trim(String text, int start, int end) {
        int from = skipWhitespace(text, start, end);
        return text.substring(from, trimWhitespace(text, from, end));
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
