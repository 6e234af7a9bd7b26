package io.proxystone.cache;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Content that lies in memory and is lent instead of copied. */
public interface LentContent extends StoredContent {

    /** Lends the content, or null if the store has given up the memory it lay in. From any thread. */
    @Nullable
    Loan borrow();

    /** Content that stays where it is until it is given back. */
    interface Loan {

        /** The content in order, not to be changed. */
        List<ByteBuffer> pieces();

        /** Ends the loan, once. From any thread. */
        void giveBack();
    }
}
