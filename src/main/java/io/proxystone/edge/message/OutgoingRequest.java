package io.proxystone.edge.message;

import io.proxystone.http.Authority;
import io.proxystone.http.FieldName;
import io.proxystone.http.Method;
import io.proxystone.http.Octets;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * The request a message stands for when a step sends it on: what the client asked for, and over it what steps set.
 *
 * @param host the Host that a step set, or null
 * @param path the path that a step set, or null
 * @param query the query that a step set, empty for none, or null
 */
public record OutgoingRequest(
        String method,
        @Nullable String host,
        @Nullable String path,
        @Nullable String query) {

    /**
     * Reads the request off a message.
     *
     * @param original the client's request, or null if the message is no longer that request or never was
     * @throws IllegalArgumentException if a step set what is no method, or no host
     */
    public static OutgoingRequest of(Message message, @Nullable InboundRequest original, @Nullable Body body) {
        String rawQuery = text(message, Exchange.HTTP_RAW_QUERY);
        return new OutgoingRequest(
                method(message, original, body),
                host(message),
                text(message, Exchange.HTTP_PATH),
                rawQuery == null ? text(message, Exchange.HTTP_QUERY) : rawQuery);
    }

    private static String method(Message message, @Nullable InboundRequest original, @Nullable Body body) {
        String set = text(message, Exchange.HTTP_METHOD);
        if (set != null) {
            if (!Octets.isToken(set)) {
                throw new IllegalArgumentException(Exchange.HTTP_METHOD + " is set to what is no method");
            }
            return set;
        }
        return original != null ? original.head().method() : body == null ? Method.GET : Method.POST;
    }

    private static @Nullable String host(Message message) {
        String set = text(message, FieldName.HOST.text());
        if (set != null && Authority.parse(set) == null) {
            throw new IllegalArgumentException("The header Host is neither a host nor a host and a port");
        }
        return set;
    }

    private static @Nullable String text(Message message, String name) {
        Object value = GatewayMessage.headerSet(message, name);
        return value == null ? null : value.toString();
    }
}
