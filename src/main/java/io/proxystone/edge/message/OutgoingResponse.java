package io.proxystone.edge.message;

import io.proxystone.http.FieldSource;
import io.proxystone.http.ResponseHead;
import io.proxystone.http.StatusCode;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * The response a message stands for when its route has ended: what came from an origin, and over it what steps set.
 *
 * @param origin the head of the response it came from, or null if steps made it
 */
public record OutgoingResponse(
        int status,
        String reason,
        FieldSource fields,
        @Nullable ResponseHead origin) {
    private static final int MIN_STATUS = 200;
    private static final int MAX_STATUS = 599;

    /**
     * Reads the response off a message.
     *
     * @param body the content of the message
     * @param request what it answers
     * @throws IllegalArgumentException if a step set what is no status
     */
    public static OutgoingResponse of(Message message, @Nullable Body body, InboundRequest request) {
        ResponseHead origin = message instanceof GatewayMessage gateway ? gateway.response() : null;
        int status = status(message, body, origin);
        return new OutgoingResponse(
                status, reason(message, status, origin), OutgoingFields.ofResponse(message, request), origin);
    }

    private static int status(Message message, @Nullable Body body, @Nullable ResponseHead origin) {
        Object set = GatewayMessage.headerSet(message, Exchange.HTTP_RESPONSE_CODE);
        if (set == null) {
            return origin != null ? origin.status() : body == null || body.size() == 0 ? 204 : 200;
        }
        int status = set instanceof Number number
                ? number.intValue()
                : Integer.parseInt(set.toString().strip());
        if (status < MIN_STATUS || status > MAX_STATUS) {
            throw new IllegalArgumentException(
                    Exchange.HTTP_RESPONSE_CODE + " is " + status + "; a final status is within 200 and 599");
        }
        return status;
    }

    private static String reason(Message message, int status, @Nullable ResponseHead origin) {
        Object set = GatewayMessage.headerSet(message, Exchange.HTTP_RESPONSE_TEXT);
        if (set != null) {
            return set.toString().replaceAll("[^\\x20-\\x7e]", " ");
        }
        return origin != null && origin.status() == status ? origin.reason() : StatusCode.reason(status);
    }
}
