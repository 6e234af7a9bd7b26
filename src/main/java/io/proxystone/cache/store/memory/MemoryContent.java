package io.proxystone.cache.store.memory;

import io.proxystone.cache.LentContent;
import io.proxystone.cache.StoredContent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Content in memory. Those who keep it are counted, where memory is not the collector's. */
abstract class MemoryContent implements LentContent {

    /** Counts one more who keeps it. */
    abstract void retain();

    /** Counts one less. */
    abstract void release();

    /** The octets of memory it takes. */
    abstract long capacity();

    @Override
    public StoredContent.Reading read(long from) {
        return new Copying(this, from);
    }

    /** Reads by copying out of a loan. */
    private static final class Copying implements StoredContent.Reading {
        private final LentContent content;
        private long position;

        Copying(LentContent content, long position) {
            this.content = content;
            this.position = position;
        }

        @Override
        public CompletionStage<Integer> read(ByteBuffer into) {
            LentContent.Loan loan = content.borrow();
            if (loan == null) {
                return CompletableFuture.failedFuture(new IOException("The content has been given up"));
            }
            int count = copy(loan.pieces(), into);
            loan.giveBack();
            position += count;
            return CompletableFuture.completedFuture(count == 0 ? -1 : count);
        }

        private int copy(List<ByteBuffer> pieces, ByteBuffer into) {
            int copied = 0;
            long start = 0;
            for (ByteBuffer piece : pieces) {
                int size = piece.remaining();
                long skip = Math.max(0, position + copied - start);
                if (skip < size && into.hasRemaining()) {
                    int count = (int) Math.min(size - skip, into.remaining());
                    into.put(piece.slice(piece.position() + (int) skip, count));
                    copied += count;
                }
                start += size;
            }
            return copied;
        }

        @Override
        public void close() {
            // Nothing is kept between two reads.
        }
    }
}
