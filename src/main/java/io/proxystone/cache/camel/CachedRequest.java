package io.proxystone.cache.camel;

import io.proxystone.cache.CacheTarget;
import io.proxystone.edge.message.Body;
import io.proxystone.edge.message.GatewayMessage;
import io.proxystone.edge.message.InboundRequest;
import io.proxystone.edge.message.OutgoingFields;
import io.proxystone.edge.message.OutgoingRequest;
import io.proxystone.http.FieldSink;
import io.proxystone.http.FieldSource;
import io.proxystone.http.Fields;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * The request a message stands for, as a cache sees it: what the client asked for, and over it what steps set.
 *
 * @param inbound what the listener is answering with it, or what stands in for that
 */
record CachedRequest(String method, CacheTarget target, Fields fields, InboundRequest inbound) {

    /** @param inbound what the listener is answering, or what stands in for that if the message did not come from one */
    static CachedRequest of(Message message, InboundRequest inbound, @Nullable Body body) {
        GatewayMessage request =
                message instanceof GatewayMessage gateway && gateway.response() == null ? gateway : null;
        InboundRequest original = request == null ? null : inbound;
        Fields fields = request != null && request.hasOriginalHeaders() ? request.inheritedFields() : fields(message);
        OutgoingRequest outgoing = OutgoingRequest.of(message, original, body);
        return new CachedRequest(outgoing.method(), target(outgoing, inbound, original), fields, inbound);
    }

    private static CacheTarget target(
            OutgoingRequest request, InboundRequest inbound, @Nullable InboundRequest original) {
        String host = request.host() != null ? request.host() : inbound.authority();
        String set = request.path();
        String path =
                set != null ? set : original != null ? original.head().target().rawPath() : "/";
        String rooted = path.startsWith("/") ? path : "/" + path;
        return new CacheTarget(inbound.client().scheme(), host, rooted, query(request, original));
    }

    private static @Nullable String query(OutgoingRequest request, @Nullable InboundRequest original) {
        String set = request.query();
        if (set != null) {
            return set.isEmpty() ? null : set;
        }
        return original == null ? null : original.head().target().rawQuery();
    }

    private static Fields fields(Message message) {
        return collect(OutgoingFields.ofRequest(message));
    }

    /** The lines a source sends, as fields. */
    static Fields collect(FieldSource source) {
        Fields.Builder fields = Fields.builder();
        source.sendTo(new FieldSink() {
            @Override
            public void line(Fields from, int line) {
                fields.add(from.name(line), from.value(line));
            }

            @Override
            public void field(String name, String value) {
                fields.add(name, value);
            }
        });
        return fields.build();
    }
}
