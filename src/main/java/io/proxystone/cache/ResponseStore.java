package io.proxystone.cache;

import io.proxystone.http.Fields;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * A repository of stored responses: several under a key, for requests that differ in the fields Vary names. Nothing that is
 * written is seen before it is committed, and what is seen is whole. A store that fails has nothing: it completes with an
 * empty list, counts, and throws nothing.
 */
public interface ResponseStore extends AutoCloseable {

    /** The responses under a key. A store in memory completes at once; another one completes on any thread. */
    CompletionStage<List<StoredResponse>> find(CacheKey key);

    /** The largest content it takes, in octets; negative if it takes none. */
    long maxEntry();

    /** Starts to store a response in place of those under the key that are for the same requests. */
    Writing write(CacheKey key, StoredHead head);

    /** Replaces the head of a response by a newer one of the same id; nothing happens if it is not there any more. */
    void freshen(CacheKey key, StoredHead head);

    /** Removes the response with an id from those under a key. */
    void remove(CacheKey key, long id);

    /** Removes everything under a key. */
    void remove(CacheKey key);

    /** Removes everything. */
    void clear();

    /** What the store holds and has done so far. */
    StoreStatistics statistics();

    /** Ends the store; what is being written is given up. */
    @Override
    void close();

    /** A response on its way into a store. One thread at a time calls it, and calls one of the last two, once. */
    interface Writing {

        /**
         * Takes the next octets of the content, which are copied or written before it returns or held by it.
         *
         * @return false if the store takes no more of this response: it is too large, the store is full, too slow or broken
         */
        boolean append(ByteBuffer piece);

        /** Makes the response visible to {@link ResponseStore#find}. Its content is complete. */
        void commit(Fields trailers);

        /** Forgets it. */
        void abort();
    }
}
