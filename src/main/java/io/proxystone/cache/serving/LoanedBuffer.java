package io.proxystone.cache.serving;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledDirectByteBuf;
import io.proxystone.cache.LentContent;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/** Stored octets on their way to a socket, in the memory they are stored in. */
final class LoanedBuffer extends UnpooledDirectByteBuf {
    private static final ByteBufAllocator ALLOCATOR = UnpooledByteBufAllocator.DEFAULT;

    private final Borrower borrower;

    private LoanedBuffer(ByteBuffer octets, Borrower borrower) {
        super(ALLOCATOR, octets, octets.remaining());
        this.borrower = borrower;
    }

    @Override
    protected void deallocate() {
        super.deallocate();
        borrower.release();
    }

    /** Gives a loan back when the last buffer made of it has been sent and nobody makes another. */
    static final class Borrower {
        private final LentContent.Loan loan;
        private final AtomicInteger users = new AtomicInteger(1);

        Borrower(LentContent.Loan loan) {
            this.loan = loan;
        }

        /** A buffer of octets of the loan. */
        LoanedBuffer buffer(ByteBuffer octets) {
            users.incrementAndGet();
            return new LoanedBuffer(octets, this);
        }

        /** One user less. Whoever made it counts as one. */
        void release() {
            if (users.decrementAndGet() == 0) {
                loan.giveBack();
            }
        }
    }
}
