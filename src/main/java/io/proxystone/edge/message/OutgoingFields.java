package io.proxystone.edge.message;

import io.proxystone.http.FieldName;
import io.proxystone.http.FieldSink;
import io.proxystone.http.FieldSource;
import io.proxystone.http.Fields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * The fields a message leaves with. Those it came with go on if it travels on in its own direction, a request to an origin
 * or a response to the client, and no step changed them; those that steps set always go.
 */
public final class OutgoingFields implements FieldSource {
    private final Message message;
    private final Fields inherited;
    private final Fields echo;

    /** @param echo fields that do not leave again if a foreign message has them with the same values */
    private OutgoingFields(Message message, Fields inherited, Fields echo) {
        this.message = message;
        this.inherited = inherited;
        this.echo = echo;
    }

    /** The fields of a request to an origin. */
    public static OutgoingFields ofRequest(Message message) {
        boolean travelsOn = message instanceof GatewayMessage gateway && gateway.response() == null;
        return new OutgoingFields(
                message, travelsOn ? ((GatewayMessage) message).inheritedFields() : Fields.EMPTY, Fields.EMPTY);
    }

    /** The fields of the response to a request, which other components may have copied into their own messages. */
    public static OutgoingFields ofResponse(Message message, InboundRequest request) {
        boolean travelsOn = message instanceof GatewayMessage gateway && gateway.response() != null;
        return new OutgoingFields(
                message,
                travelsOn ? ((GatewayMessage) message).inheritedFields() : Fields.EMPTY,
                request.head().fields());
    }

    @Override
    public void sendTo(FieldSink sink) {
        GatewayMessage gateway = message instanceof GatewayMessage own ? own : null;
        for (int line = 0; line < inherited.size(); line++) {
            if ((gateway == null || gateway.isInherited(line)) && mayLeave(inherited, line)) {
                sink.line(inherited, line);
            }
        }
        if (gateway == null) {
            Map<String, Object> headers = new LinkedHashMap<>(message.getHeaders());
            headers.entrySet().removeIf(this::isEcho);
            send(headers, sink);
        } else if (!gateway.hasOriginalHeaders()) {
            send(gateway.headersSet(), sink);
        }
    }

    /** Names that start with Camel's prefixes are Camel's, whoever sent them. */
    private static boolean mayLeave(Fields fields, int line) {
        return fields.known(line) != null
                || !(fields.nameStartsWith(line, "camel") || fields.nameStartsWith(line, "org.apache.camel"));
    }

    /** Whether a header is a field of the request that nobody touched, rather than a part of the answer. */
    private boolean isEcho(Map.Entry<String, Object> header) {
        if (header.getKey().regionMatches(true, 0, "Content-", 0, "Content-".length())) {
            return false;
        }
        List<String> values = echo.all(header.getKey());
        return !values.isEmpty() && (values.equals(header.getValue()) || values.equals(List.of(header.getValue())));
    }

    private static void send(Map<String, Object> headers, FieldSink sink) {
        headers.forEach((name, value) -> {
            if (value != null && GatewayMessage.isFieldName(name)) {
                HeaderValues.forEach(value, text -> sink.field(spelling(name), text));
            }
        });
    }

    private static String spelling(String name) {
        @Nullable FieldName known = FieldName.find(name);
        return known == null ? name : known.text();
    }
}
