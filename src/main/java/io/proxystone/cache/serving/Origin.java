package io.proxystone.cache.serving;

import io.proxystone.edge.message.Body;
import io.proxystone.http.Fields;
import io.proxystone.http.ResponseHead;
import org.jspecify.annotations.Nullable;

/** Where a cache gets what it does not have: the endpoint behind it, as one request sees it. */
public interface Origin {

    /**
     * Asks it.
     *
     * @param fetch the call, which ends it when nobody wants the answer any more
     * @param fields the fields to ask with
     * @param body the content to ask with, or null
     * @param answer hears once what became of it, on the loop of the query
     */
    void ask(Fetch fetch, Fields fields, @Nullable Body body, Answer answer);

    /** Hears what became of a call. */
    interface Answer {
        void responded(ResponseHead head, @Nullable Body body);

        /** There is no response, or {@link #responded} threw something. */
        void failed(Exception cause);
    }
}
