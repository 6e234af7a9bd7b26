package io.proxystone.cache.serving;

import io.proxystone.cache.CacheStatus;
import io.proxystone.edge.message.Body;
import io.proxystone.http.ResponseHead;
import org.jspecify.annotations.Nullable;

/** Who wants a request answered. Its methods are called on the loop of the query. */
public interface Asker {

    /**
     * Takes the answer, once; or {@link #failed}.
     *
     * @param status how the cache came to it
     */
    void answered(ResponseHead head, @Nullable Body body, CacheStatus status);

    /** Takes the failure to answer. */
    void failed(Exception cause);

    /** Runs an action if the asker goes away before its answer is complete, at once if it has gone. */
    void onAbort(Runnable action);

    /** Takes back an action given to {@link #onAbort}. */
    void removeOnAbort(Runnable action);

    /** Runs an action when the asker has had its answer, or will not take any more of it. */
    void onEnd(Runnable action);
}
