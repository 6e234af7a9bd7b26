package io.proxystone.cache.store.memory;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.proxystone.cache.ResponseStore;
import io.proxystone.cache.StoredHead;
import io.proxystone.cache.StoredResponse;
import io.proxystone.http.Fields;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** A response on its way into memory. */
final class MemoryWriting implements ResponseStore.Writing {
    /** Content up to this size lies in an array, so that steps of flows can read it like any small response. */
    private static final int MAX_ARRAY = 64 * 1024;

    private static final int BLOCK = 64 * 1024;

    /** Takes what is complete. */
    interface Commit {
        void store(StoredResponse response);
    }

    private final StoredHead head;
    private final LongSupplier maxEntry;
    private final Commit commit;
    private final List<ByteBuf> blocks = new ArrayList<>();
    private long size;

    /** @param maxEntry the largest content that is taken at that moment */
    MemoryWriting(StoredHead head, LongSupplier maxEntry, Commit commit) {
        this.head = head;
        this.maxEntry = maxEntry;
        this.commit = commit;
    }

    @Override
    public boolean append(ByteBuffer piece) {
        size += piece.remaining();
        if (size > maxEntry.getAsLong()) {
            return false;
        }
        ByteBuffer rest = piece.duplicate();
        while (rest.hasRemaining()) {
            ByteBuf block = writable(rest.remaining());
            int count = Math.min(rest.remaining(), block.writableBytes());
            block.writeBytes(rest.slice(rest.position(), count));
            rest.position(rest.position() + count);
        }
        return true;
    }

    private ByteBuf writable(int wanted) {
        ByteBuf last = blocks.isEmpty() ? null : blocks.get(blocks.size() - 1);
        if (last != null && last.isWritable()) {
            return last;
        }
        long expected = head.size() < 0 ? Math.max(wanted, BLOCK) : head.size() - size + wanted;
        int capacity = (int) Math.max(wanted, Math.min(expected, BLOCK));
        ByteBuf block = PooledByteBufAllocator.DEFAULT.directBuffer(capacity, capacity);
        blocks.add(block);
        return block;
    }

    @Override
    public void commit(Fields trailers) {
        StoredHead complete = head.complete(size, trailers);
        MemoryContent content = size <= MAX_ARRAY ? array() : new BlockContent(blocks);
        commit.store(new StoredResponse(complete, content));
        content.release();
    }

    private ArrayContent array() {
        byte[] octets = new byte[(int) size];
        int at = 0;
        for (ByteBuf block : blocks) {
            int count = block.readableBytes();
            block.readBytes(octets, at, count);
            at += count;
        }
        abort();
        return new ArrayContent(octets);
    }

    @Override
    public void abort() {
        blocks.forEach(ByteBuf::release);
        blocks.clear();
    }
}
