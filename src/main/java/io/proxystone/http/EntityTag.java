package io.proxystone.http;

import org.jspecify.annotations.Nullable;

/**
 * A name of one representation of a resource among all it ever had (RFC 9110 §8.8.3).
 *
 * @param weak whether other octets with the same meaning may bear the name, too
 * @param opaque what stands between the quotes
 */
public record EntityTag(boolean weak, String opaque) {
    private static final String WEAK = "W/";

    public EntityTag {
        if (!isOpaque(opaque)) {
            throw new IllegalArgumentException("Not the inside of an entity tag: " + opaque);
        }
    }

    /**
     * Reads {@code "tag"} or {@code W/"tag"}; null for anything else. Some origins send tags without quotes: those are no
     * entity tags and can only be compared as texts ({@link EntityTagList#containsText}).
     */
    public static @Nullable EntityTag parse(String text) {
        String tag = FieldValue.trim(text);
        boolean weak = tag.startsWith(WEAK);
        int open = weak ? WEAK.length() : 0;
        int close = tag.length() - 1;
        if (close <= open || tag.charAt(open) != '"' || tag.charAt(close) != '"') {
            return null;
        }
        String opaque = tag.substring(open + 1, close);
        return isOpaque(opaque) ? new EntityTag(weak, opaque) : null;
    }

    /** Whether both name the same octets (RFC 9110 §8.8.3.2). */
    public boolean matchesStrongly(EntityTag other) {
        return !weak && !other.weak && opaque.equals(other.opaque);
    }

    /** Whether both name the same meaning (RFC 9110 §8.8.3.2). */
    public boolean matchesWeakly(EntityTag other) {
        return opaque.equals(other.opaque);
    }

    /** The tag as a field value. */
    public String text() {
        return (weak ? WEAK : "") + '"' + opaque + '"';
    }

    /** Whether a text has etagc only: visible characters but the quote, and octets above 127. */
    private static boolean isOpaque(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c == '"' || c == 0x7f || c > 0xff) {
                return false;
            }
        }
        return true;
    }
}
