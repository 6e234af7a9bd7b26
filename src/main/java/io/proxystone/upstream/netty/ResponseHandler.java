package io.proxystone.upstream.netty;

import io.proxystone.edge.message.Body;
import io.proxystone.http.ResponseHead;
import io.proxystone.upstream.UpstreamException;
import org.jspecify.annotations.Nullable;

/** Hears once what became of a request to an origin, on the loop it was sent from. */
public interface ResponseHandler {

    /** The origin responded. */
    void responded(ResponseHead head, @Nullable Body body);

    /** The origin failed, or the request's own content did ({@code cause} is then what it failed with). */
    void failed(Exception cause);

    /** For implementations: the failure of an upstream. */
    default void failed(String upstream, UpstreamException.Reason reason) {
        failed(new UpstreamException(upstream, reason));
    }
}
