package io.proxystone.cache.store.file;

import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of an entry's file: the digest of its key, a dot, its id; and {@code .head} if it is the one of a newer head.
 *
 * @param head whether it is
 */
record FileName(Digest digest, long id, boolean head) {
    private static final String HEAD = ".head";
    private static final Pattern FORM = Pattern.compile("([0-9a-f]{32})\\.([0-9a-f]{16})(\\" + HEAD + ")?");
    private static final int HEXADECIMAL = 16;

    /** What a name says, or null if it is not one of an entry's file. */
    static @Nullable FileName parse(String name) {
        Matcher matcher = FORM.matcher(name);
        if (!matcher.matches()) {
            return null;
        }
        return new FileName(
                Digest.parse(matcher.group(1)),
                Long.parseUnsignedLong(matcher.group(2), HEXADECIMAL),
                matcher.group(3) != null);
    }

    @Override
    public String toString() {
        return digest + "." + HexFormat.of().toHexDigits(id) + (head ? HEAD : "");
    }
}
