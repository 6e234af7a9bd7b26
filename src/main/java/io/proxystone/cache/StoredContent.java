package io.proxystone.cache;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;

/** The content of a stored response, wherever it lies. */
public interface StoredContent {

    /** Its octets, without framing. */
    long size();

    /** Starts to read at an offset. The reader closes the reading. */
    Reading read(long from);

    /** Content read in order, one piece after the other. */
    interface Reading extends AutoCloseable {

        /**
         * Puts the next octets into a buffer: as many as there are and fit, at least one. It completes with their number, or
         * with -1 after the last one; with an {@link java.io.IOException} if the content is gone or is not what was stored,
         * and then no octet that is in doubt has been put into the buffer. One read at a time. It completes on any thread.
         */
        CompletionStage<Integer> read(ByteBuffer into);

        @Override
        void close();
    }
}
