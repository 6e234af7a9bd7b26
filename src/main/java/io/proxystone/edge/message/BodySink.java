package io.proxystone.edge.message;

import io.netty.buffer.ByteBuf;
import io.proxystone.http.Fields;

/** Where content goes as it arrives. Its methods are called on one event loop, in order, and end with one of the last two. */
public interface BodySink {

    /**
     * Takes a piece and releases it in time.
     *
     * @return false if no more may come until the sink calls {@link StreamBody#resume}
     */
    boolean accept(ByteBuf piece);

    /** Nothing more has arrived for now: what was taken should go on its way. */
    default void flush() {}

    /** The content is complete. */
    void end(Fields trailers);

    /** The content will not be complete. */
    void fail(Throwable cause);
}
