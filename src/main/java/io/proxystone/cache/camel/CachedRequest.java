package io.proxystone.cache.camel;

import io.proxystone.cache.CacheTarget;
import io.proxystone.edge.message.Body;
import io.proxystone.edge.message.GatewayMessage;
import io.proxystone.edge.message.InboundRequest;
import io.proxystone.edge.message.OutgoingFields;
import io.proxystone.http.FieldName;
import io.proxystone.http.FieldSink;
import io.proxystone.http.FieldSource;
import io.proxystone.http.Fields;
import io.proxystone.http.Method;
import org.apache.camel.Exchange;
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
        return new CachedRequest(method(message, original, body), target(message, inbound, original), fields, inbound);
    }

    private static String method(Message message, @Nullable InboundRequest original, @Nullable Body body) {
        String set = set(message, Exchange.HTTP_METHOD);
        if (set != null) {
            return set;
        }
        return original != null ? original.head().method() : body == null ? Method.GET : Method.POST;
    }

    private static CacheTarget target(Message message, InboundRequest inbound, @Nullable InboundRequest original) {
        String setHost = set(message, FieldName.HOST.text());
        String host = setHost != null ? setHost : inbound.authority();
        String setPath = set(message, Exchange.HTTP_PATH);
        String path = setPath != null
                ? setPath
                : original != null ? original.head().target().rawPath() : "/";
        String setQuery = set(message, Exchange.HTTP_RAW_QUERY);
        if (setQuery == null) {
            setQuery = set(message, Exchange.HTTP_QUERY);
        }
        String query = setQuery != null
                ? (setQuery.isEmpty() ? null : setQuery)
                : original == null ? null : original.head().target().rawQuery();
        return new CacheTarget(inbound.client().scheme(), host, path.startsWith("/") ? path : "/" + path, query);
    }

    private static @Nullable String set(Message message, String name) {
        Object value = message instanceof GatewayMessage gateway ? gateway.headerSet(name) : message.getHeader(name);
        return value == null ? null : value.toString();
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
