package io.proxystone.cache.store.file;

import java.nio.ByteBuffer;

/** A file in memory. */
record StoredFile(byte[] octets) implements Volume.Input {
    @Override
    public long size() {
        return octets.length;
    }

    @Override
    public int read(ByteBuffer into, long position) {
        if (position >= octets.length) {
            return -1;
        }
        // No more than a few at a time: a disk may do so, too.
        int count = (int) Math.min(Math.min(into.remaining(), 1000), octets.length - position);
        into.put(octets, (int) position, count);
        return count;
    }

    @Override
    public void close() {}
}
