package io.proxystone.cache.store.memory;

import io.netty.buffer.ByteBuf;
import io.netty.util.AbstractReferenceCounted;
import io.netty.util.IllegalReferenceCountException;
import io.netty.util.ReferenceCounted;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Larger content outside of the heap, in blocks that go to sockets as they are. */
final class BlockContent extends MemoryContent {
    private final List<ByteBuffer> pieces;
    private final long size;
    private final long capacity;
    private final Blocks blocks;

    /** Takes the blocks over from the caller, who has to {@link #release} them once. */
    BlockContent(List<ByteBuf> blocks) {
        this.blocks = new Blocks(List.copyOf(blocks));
        this.pieces = blocks.stream().map(ByteBuf::nioBuffer).toList();
        this.size = blocks.stream().mapToLong(ByteBuf::readableBytes).sum();
        this.capacity = blocks.stream()
                .mapToLong(block -> block.writerIndex() + block.maxFastWritableBytes())
                .sum();
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public @Nullable Loan borrow() {
        try {
            retain();
        } catch (IllegalReferenceCountException e) {
            // It was evicted after it was found.
            return null;
        }
        return new Loan() {
            @Override
            public List<ByteBuffer> pieces() {
                return pieces;
            }

            @Override
            public void giveBack() {
                release();
            }
        };
    }

    @Override
    void retain() {
        blocks.retain();
    }

    @Override
    void release() {
        blocks.release();
    }

    @Override
    long capacity() {
        return capacity;
    }

    /** The memory, returned when the last one has released it. */
    private static final class Blocks extends AbstractReferenceCounted {
        private final List<ByteBuf> blocks;

        Blocks(List<ByteBuf> blocks) {
            this.blocks = blocks;
        }

        @Override
        protected void deallocate() {
            blocks.forEach(ByteBuf::release);
        }

        @Override
        public ReferenceCounted touch(Object hint) {
            return this;
        }
    }
}
