package io.proxystone.cache.store.memory;

import io.proxystone.cache.LentContent;
import java.nio.ByteBuffer;
import java.util.List;

/** Small content in an array: the collector takes care of it. */
final class ArrayContent extends MemoryContent implements LentContent.Loan {
    private final byte[] octets;

    ArrayContent(byte[] octets) {
        this.octets = octets;
    }

    @Override
    public long size() {
        return octets.length;
    }

    @Override
    public Loan borrow() {
        return this;
    }

    @Override
    public List<ByteBuffer> pieces() {
        return List.of(ByteBuffer.wrap(octets));
    }

    @Override
    public void giveBack() {
        // The collector knows.
    }

    @Override
    void retain() {
        // The collector knows.
    }

    @Override
    void release() {
        // The collector knows.
    }

    @Override
    long capacity() {
        return octets.length;
    }
}
