package io.proxystone.upstream.netty;

import io.proxystone.edge.message.Body;
import io.proxystone.edge.message.BodyMode;
import io.proxystone.edge.message.InboundRequest;
import io.proxystone.http.FieldSource;
import org.jspecify.annotations.Nullable;

/**
 * A request to an origin.
 *
 * @param target path and query as they go on the wire, after the base path
 * @param host the Host to send whatever the settings say, or null
 * @param fields end-to-end fields; forwarding fields are added to them
 * @param inbound the client's request that led to this one, or null
 * @param endsWithClient whether it is of no use any more when the client goes away
 * @param responseMode whether response content waits in memory until it is whole
 */
public record UpstreamRequest(
        String method,
        String target,
        @Nullable String host,
        FieldSource fields,
        @Nullable Body body,
        @Nullable InboundRequest inbound,
        boolean endsWithClient,
        BodyMode responseMode) {}
