package io.proxystone.cache.store.file;

import io.proxystone.cache.CacheKey;
import io.proxystone.cache.DamagedEntryException;
import io.proxystone.cache.StoredHead;
import io.proxystone.cache.StoredHeadFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * What stands behind the content in a file, where it is known at last, and alone in the file of a newer head: the key, the
 * head, and where they start. A file without it was not written to its end.
 *
 * @param seed a random number that the checksums of the content contain, and that every newer head repeats
 * @param length the octets it takes
 */
record Footer(long seed, CacheKey key, StoredHead head, int length) {
    /** The most octets it may take. */
    static final int MOST = 1 << 20;

    /** {@code PSF} and the number of the form. */
    private static final int MAGIC = 'P' << 24 | 'S' << 16 | 'F' << 8 | 1;

    /** Seed, lengths of key and head, magic, CRC32C of everything before. */
    private static final int FIXED = Long.BYTES + 4 * Integer.BYTES;

    private static final int TYPICAL = 4 * 1024;

    static byte[] encode(long seed, CacheKey key, StoredHead head) {
        byte[] text = key.text().getBytes(StandardCharsets.UTF_8);
        byte[] headOctets = StoredHeadFormat.encode(head);
        ByteBuffer footer = ByteBuffer.allocate(text.length + headOctets.length + FIXED);
        footer.put(text).put(headOctets);
        footer.putLong(seed).putInt(text.length).putInt(headOctets.length).putInt(MAGIC);
        return footer.putInt(checksum(footer.array())).array();
    }

    /**
     * Reads what stands at the end of a file.
     *
     * @param alone whether there is no content before it
     * @throws DamagedEntryException if the end of the file is not what was written, or its length does not fit
     */
    static Footer read(Volume.Input file, boolean alone) throws IOException {
        long end = file.size();
        byte[] tail = tail(file, end, (int) Math.min(end, TYPICAL));
        int length = length(tail, end);
        byte[] octets = length <= tail.length
                ? Arrays.copyOfRange(tail, tail.length - length, tail.length)
                : tail(file, end, length);
        Footer footer = decode(octets);
        long size = footer.head.size();
        if (size < 0 || end != (alone ? 0 : Blocks.framed(size)) + length) {
            throw new DamagedEntryException("The length of the file does not fit its content");
        }
        return footer;
    }

    private static byte[] tail(Volume.Input file, long end, int length) throws IOException {
        ByteBuffer tail = ByteBuffer.allocate(length);
        Blocks.readFully(file, end - length, tail);
        return tail.array();
    }

    /** The length of the footer that a tail of the file ends with. */
    private static int length(byte[] tail, long end) throws DamagedEntryException {
        if (tail.length < FIXED) {
            throw new DamagedEntryException("The file is too short");
        }
        ByteBuffer fixed = ByteBuffer.wrap(tail, tail.length - FIXED, FIXED).slice();
        int keyLength = fixed.getInt(Long.BYTES);
        int headLength = fixed.getInt(Long.BYTES + Integer.BYTES);
        boolean possible = fixed.getInt(Long.BYTES + 2 * Integer.BYTES) == MAGIC
                && keyLength >= 0
                && headLength >= 0
                && (long) keyLength + headLength + FIXED <= Math.min(MOST, end);
        if (!possible) {
            throw new DamagedEntryException("The file does not end with a footer");
        }
        return keyLength + headLength + FIXED;
    }

    private static Footer decode(byte[] octets) throws DamagedEntryException {
        ByteBuffer fixed = ByteBuffer.wrap(octets, octets.length - FIXED, FIXED).slice();
        long seed = fixed.getLong();
        int keyLength = fixed.getInt();
        if (fixed.getInt(FIXED - Integer.BYTES) != checksum(octets)) {
            throw new DamagedEntryException("The checksum of the footer is wrong");
        }
        CacheKey key = new CacheKey(new String(octets, 0, keyLength, StandardCharsets.UTF_8));
        byte[] head = Arrays.copyOfRange(octets, keyLength, octets.length - FIXED);
        return new Footer(seed, key, StoredHeadFormat.decode(head), octets.length);
    }

    private static int checksum(byte[] octets) {
        CRC32C checksum = new CRC32C();
        checksum.update(octets, 0, octets.length - Integer.BYTES);
        return (int) checksum.getValue();
    }
}
