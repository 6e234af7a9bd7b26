package io.proxystone.cache.store.file;

import io.proxystone.cache.CacheKey;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The digest of a key, by which its entries are found in the index and on the disk. */
class Digest {
    /** The directories that entries are spread over: one for each value of a digest's first octet. */
    static final int SHARDS = 256;

    private static final int HALF = 16;

    private final long high;
    private final long low;

    Digest(long high, long low) {
        this.high = high;
        this.low = low;
    }

    Digest(Digest other) {
        this(other.high, other.low);
    }

    static Digest of(CacheKey key) {
        return parse(key.digest());
    }

    /** Reads 32 hexadecimal digits. */
    static Digest parse(String text) {
        return new Digest(
                Long.parseUnsignedLong(text, 0, HALF, HALF), Long.parseUnsignedLong(text, HALF, 2 * HALF, HALF));
    }

    /** The number of the directory its entries are in. */
    final int shard() {
        return (int) (high >>> (Long.SIZE - Byte.SIZE));
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return other instanceof Digest digest && digest.high == high && digest.low == low;
    }

    @Override
    public final int hashCode() {
        // They are evenly distributed already.
        return (int) low;
    }

    @Override
    public final String toString() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(high) + hex.toHexDigits(low);
    }
}
