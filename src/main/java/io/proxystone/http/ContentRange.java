package io.proxystone.http;

import org.jspecify.annotations.Nullable;

/**
 * Where the content of a partial response belongs, or the size that no range asked for lies in (RFC 9110 §14.4).
 *
 * @param first the first octet, or -1 in the answer to ranges that cannot be satisfied
 * @param last the last octet, or -1 likewise
 * @param size the length of the whole representation, or -1 if it is not known
 */
public record ContentRange(long first, long last, long size) {
    private static final String UNIT = "bytes ";
    private static final long MALFORMED = -2;

    public ContentRange {
        if (!isValid(first, last, size)) {
            throw new IllegalArgumentException("Not a content range: " + first + "-" + last + "/" + size);
        }
    }

    /** Reads a Content-Range field about octets; null for anything else. */
    public static @Nullable ContentRange parse(String text) {
        String value = FieldValue.trim(text);
        int slash = value.indexOf('/');
        if (slash < 0 || !value.regionMatches(true, 0, UNIT, 0, UNIT.length())) {
            return null;
        }
        long size = isStar(value, slash + 1, value.length()) ? -1 : exact(value, slash + 1, value.length());
        if (isStar(value, UNIT.length(), slash)) {
            return size < 0 ? null : new ContentRange(-1, -1, size);
        }
        int dash = value.indexOf('-');
        if (dash < 0 || dash > slash || size == MALFORMED) {
            return null;
        }
        long first = exact(value, UNIT.length(), dash);
        long last = exact(value, dash + 1, slash);
        return first >= 0 && isValid(first, last, size) ? new ContentRange(first, last, size) : null;
    }

    /** The range as a field value. */
    public String text() {
        String range = first < 0 ? "*" : first + "-" + last;
        return UNIT + range + "/" + (size < 0 ? "*" : Long.toString(size));
    }

    private static boolean isValid(long first, long last, long size) {
        if (first == -1 && last == -1) {
            return size >= 0;
        }
        return first >= 0 && last >= first && (size == -1 || size > last);
    }

    private static boolean isStar(String text, int from, int to) {
        return to - from == 1 && text.charAt(from) == '*';
    }

    private static long exact(String text, int from, int to) {
        long number = FieldValue.number(text, from, to);
        return number < 0 || number == Long.MAX_VALUE ? MALFORMED : number;
    }
}
