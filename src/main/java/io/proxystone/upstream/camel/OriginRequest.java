package io.proxystone.upstream.camel;

import io.proxystone.edge.message.Body;
import io.proxystone.edge.message.BodyMode;
import io.proxystone.edge.message.GatewayMessage;
import io.proxystone.edge.message.InboundRequest;
import io.proxystone.edge.message.OutgoingFields;
import io.proxystone.edge.message.OutgoingRequest;
import io.proxystone.http.Octets;
import io.proxystone.upstream.netty.UpstreamRequest;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/** Reads off a message which request to an origin it stands for. What steps set comes before what the client asked. */
final class OriginRequest {
    private OriginRequest() {}

    /** What the listener is answering with this message, or null. */
    static @Nullable InboundRequest inbound(Message message) {
        return message instanceof GatewayMessage gateway ? gateway.request() : null;
    }

    static UpstreamRequest request(Message message, @Nullable Body body, BodyMode mode, boolean endsWithClient) {
        InboundRequest inbound = inbound(message);
        boolean forwards = message instanceof GatewayMessage gateway && gateway.response() == null;
        InboundRequest original = forwards ? inbound : null;
        OutgoingRequest request = OutgoingRequest.of(message, original, body);
        return new UpstreamRequest(
                request.method(),
                target(request, original),
                request.host(),
                OutgoingFields.ofRequest(message),
                body,
                inbound,
                endsWithClient,
                mode);
    }

    private static String target(OutgoingRequest request, @Nullable InboundRequest original) {
        String set = request.path();
        String path = set != null ? escape(set) : original != null ? original.forwardPath() : "/";
        String rooted = path.startsWith("/") ? path : "/" + path;
        String query = query(request, original);
        return query == null ? rooted : rooted + "?" + query;
    }

    /** The query as the client wrote it, octet by octet, unless a step set another one. */
    private static @Nullable String query(OutgoingRequest request, @Nullable InboundRequest original) {
        String set = request.query();
        if (set != null) {
            return set.isEmpty() ? null : escape(set);
        }
        return original == null ? null : original.head().target().rawQuery();
    }

    /** A text of a step with what cannot stand in a request target percent-encoded; what is encoded already stays. */
    private static String escape(String text) {
        boolean fits = text.chars().allMatch(c -> c < 0x80 && Octets.isTarget(c));
        if (fits) {
            return text;
        }
        StringBuilder escaped = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            if (octet > 0 && Octets.isTarget(octet)) {
                escaped.append((char) octet);
            } else {
                escaped.append(String.format("%%%02X", octet & 0xff));
            }
        }
        return escaped.toString();
    }
}
