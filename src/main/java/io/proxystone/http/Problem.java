package io.proxystone.http;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A problem details document (RFC 9457) with the members the gateway adds.
 *
 * @param detail what went wrong this time; never an address or a trace of the inside
 * @param flow the id of the flow, or null if none was chosen
 * @param requestId the id that also stands in the access log, or null if the request was not understood so far
 */
public record Problem(
        ProblemType type,
        String detail,
        @Nullable String flow,
        @Nullable String requestId) {
    public static final String MEDIA_TYPE = "application/problem+json";

    /** The document as JSON in UTF-8. */
    public byte[] toJson() {
        StringBuilder json = new StringBuilder(256).append('{');
        member(json, "type", type.uri());
        member(json, "title", type.title());
        json.append("\"status\":").append(type.status()).append(',');
        member(json, "detail", detail);
        if (flow != null) {
            member(json, "flow", flow);
        }
        if (requestId != null) {
            member(json, "requestId", requestId);
        }
        json.setCharAt(json.length() - 1, '}');
        return json.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void member(StringBuilder json, String name, String value) {
        json.append('"').append(name).append("\":\"");
        Json.escape(value, json);
        json.append("\",");
    }
}
