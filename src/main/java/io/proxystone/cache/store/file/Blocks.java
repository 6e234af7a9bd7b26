package io.proxystone.cache.store.file;

import io.proxystone.cache.DamagedEntryException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * How content lies in a file: blocks of 64 KiB, the last one shorter, each with its CRC32C behind it. A checksum covers the
 * seed of the response and the number of the block, too, so that no block passes for one of another place or response.
 */
final class Blocks {
    /** The octets of content in a block. */
    static final int SIZE = 64 * 1024;

    private static final int CHECKSUM = Integer.BYTES;
    private static final int FRAMED = SIZE + CHECKSUM;

    private Blocks() {}

    /** The octets that content of a size takes in a file. */
    static long framed(long size) {
        return size + (size + SIZE - 1) / SIZE * CHECKSUM;
    }

    /** What stands behind a block. */
    static ByteBuffer checksum(long seed, long number, ByteBuffer block) {
        return ByteBuffer.allocate(CHECKSUM)
                .putInt(compute(seed, number, block))
                .flip();
    }

    /**
     * Reads the block an offset of the content lies in, and verifies it.
     *
     * @param into an empty buffer of {@link #buffer}; what stands in it afterwards is the content from the offset on
     * @throws DamagedEntryException if the block is not what was written
     */
    static void read(Volume.Input file, long seed, long size, long offset, ByteBuffer into) throws IOException {
        long number = offset / SIZE;
        int length = (int) Math.min(SIZE, size - number * SIZE);
        into.clear().limit(length + CHECKSUM);
        readFully(file, number * FRAMED, into);
        int stored = into.getInt(length);
        into.position(0).limit(length);
        if (stored != compute(seed, number, into)) {
            throw new DamagedEntryException("The checksum of block " + number + " is wrong");
        }
        into.position((int) (offset % SIZE));
    }

    /** A buffer that a block and its checksum fit into. */
    static ByteBuffer buffer() {
        return ByteBuffer.allocateDirect(FRAMED);
    }

    /** Fills what is left of a buffer from a position in a file on. */
    static void readFully(Volume.Input file, long position, ByteBuffer into) throws IOException {
        long next = position;
        while (into.hasRemaining()) {
            int count = file.read(into, next);
            if (count < 0) {
                throw new DamagedEntryException("The file is too short");
            }
            next += count;
        }
    }

    private static int compute(long seed, long number, ByteBuffer block) {
        CRC32C checksum = new CRC32C();
        checksum.update(ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(seed)
                .putLong(number)
                .flip());
        checksum.update(block.duplicate());
        return (int) checksum.getValue();
    }
}
