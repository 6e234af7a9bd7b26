package io.proxystone.upstream.camel;

import io.proxystone.edge.message.Body;
import io.proxystone.edge.message.BodyMode;
import io.proxystone.edge.message.GatewayMessage;
import io.proxystone.edge.message.InboundRequest;
import io.proxystone.edge.message.OutgoingFields;
import io.proxystone.http.Authority;
import io.proxystone.http.FieldName;
import io.proxystone.http.Method;
import io.proxystone.http.Octets;
import io.proxystone.upstream.netty.UpstreamRequest;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
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
        return new UpstreamRequest(
                method(message, original, body),
                target(message, original),
                host(message),
                OutgoingFields.ofRequest(message),
                body,
                inbound,
                endsWithClient,
                mode);
    }

    private static String method(Message message, @Nullable InboundRequest original, @Nullable Body body) {
        String set = set(message, Exchange.HTTP_METHOD);
        if (set != null) {
            if (!Octets.isToken(set)) {
                throw new IllegalArgumentException(Exchange.HTTP_METHOD + " is set to what is no method");
            }
            return set;
        }
        return original != null ? original.head().method() : body == null ? Method.GET : Method.POST;
    }

    private static @Nullable String host(Message message) {
        String set = set(message, FieldName.HOST.text());
        if (set != null && Authority.parse(set) == null) {
            throw new IllegalArgumentException("The header Host is neither a host nor a host and a port");
        }
        return set;
    }

    private static String target(Message message, @Nullable InboundRequest original) {
        String setPath = set(message, Exchange.HTTP_PATH);
        String path = setPath != null ? escape(setPath) : original != null ? original.forwardPath() : "/";
        String query = query(message, original);
        String rooted = path.startsWith("/") ? path : "/" + path;
        return query == null ? rooted : rooted + "?" + query;
    }

    private static @Nullable String query(Message message, @Nullable InboundRequest original) {
        String raw = set(message, Exchange.HTTP_RAW_QUERY);
        if (raw == null) {
            raw = set(message, Exchange.HTTP_QUERY);
        }
        if (raw != null) {
            return raw.isEmpty() ? null : escape(raw);
        }
        return original == null ? null : original.head().target().rawQuery();
    }

    private static @Nullable String set(Message message, String name) {
        Object value = message instanceof GatewayMessage gateway ? gateway.headerSet(name) : message.getHeader(name);
        return value == null ? null : value.toString();
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
