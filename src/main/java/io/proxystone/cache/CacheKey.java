package io.proxystone.cache;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * What the responses of one resource are stored under (RFC 9111 §2): the target URI in a normal form, before it the method
 * unless it is GET, and behind it whatever a rule adds.
 */
public record CacheKey(String text) {
    private static final int DIGEST_OCTETS = 16;

    /** A name of fixed length for stores that cannot use the text: 32 hexadecimal digits of its SHA-256. */
    public String digest() {
        try {
            byte[] whole = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(Arrays.copyOf(whole, DIGEST_OCTETS));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
