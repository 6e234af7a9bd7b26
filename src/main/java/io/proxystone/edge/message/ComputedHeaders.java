package io.proxystone.edge.message;

import io.proxystone.http.FieldName;
import io.proxystone.http.RequestTarget;
import io.proxystone.http.ResponseHead;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.component.netty.NettyConstants;
import org.jspecify.annotations.Nullable;

/** The {@code CamelHttp*} headers and path parameters of a message: what camel-netty-http would have put there, made when asked. */
record ComputedHeaders(
        @Nullable InboundRequest request, @Nullable ResponseHead response) {
    private static final Map<String, Function<InboundRequest, @Nullable Object>> OF_REQUEST = ofRequest();
    private static final Map<String, Function<ResponseHead, Object>> OF_RESPONSE = ofResponse();

    private static Map<String, Function<InboundRequest, @Nullable Object>> ofRequest() {
        Map<String, Function<InboundRequest, @Nullable Object>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put(Exchange.HTTP_METHOD, request -> request.head().method());
        headers.put(Exchange.HTTP_URI, request -> request.head().target().rawPath());
        headers.put(Exchange.HTTP_URL, ComputedHeaders::url);
        headers.put(Exchange.HTTP_PATH, request -> request.match()
                .rest(request.head().target()));
        headers.put(Exchange.HTTP_QUERY, ComputedHeaders::decodedQuery);
        headers.put(Exchange.HTTP_RAW_QUERY, request -> request.head().target().rawQuery());
        headers.put(Exchange.HTTP_SCHEME, request -> request.client().scheme());
        headers.put(Exchange.HTTP_HOST, InboundRequest::authority);
        headers.put(Exchange.HTTP_PORT, request -> request.client().localPort());
        headers.put(Exchange.HTTP_CHARACTER_ENCODING, ComputedHeaders::charset);
        headers.put(
                NettyConstants.NETTY_REMOTE_ADDRESS, request -> request.client().peer());
        return headers;
    }

    private static Map<String, Function<ResponseHead, Object>> ofResponse() {
        Map<String, Function<ResponseHead, Object>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put(Exchange.HTTP_RESPONSE_CODE, ResponseHead::status);
        headers.put(Exchange.HTTP_RESPONSE_TEXT, ResponseHead::reason);
        return headers;
    }

    @Nullable
    Object get(String name) {
        Function<ResponseHead, Object> ofResponse = response == null ? null : OF_RESPONSE.get(name);
        if (ofResponse != null) {
            return ofResponse.apply(response);
        }
        Function<InboundRequest, @Nullable Object> ofRequest = request == null ? null : OF_REQUEST.get(name);
        return ofRequest == null ? null : ofRequest.apply(request);
    }

    @Nullable
    Object parameter(String name) {
        return request == null ? null : request.match().parameters().get(name);
    }

    void forEach(BiConsumer<String, Object> action) {
        if (request != null) {
            OF_REQUEST.forEach((name, header) -> {
                Object value = header.apply(request);
                if (value != null) {
                    action.accept(name, value);
                }
            });
            request.match().parameters().forEach(action);
        }
        if (response != null) {
            OF_RESPONSE.forEach((name, header) -> action.accept(name, header.apply(response)));
        }
    }

    private static String url(InboundRequest request) {
        return request.client().scheme() + "://" + request.authority()
                + request.head().target().rawPath();
    }

    private static @Nullable Object decodedQuery(InboundRequest request) {
        RequestTarget target = request.head().target();
        String query = target.rawQuery();
        if (query == null || query.indexOf('%') < 0) {
            return query;
        }
        try {
            return URLDecoder.decode(query.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return query;
        }
    }

    private static @Nullable Object charset(InboundRequest request) {
        String type = request.head().fields().first(FieldName.CONTENT_TYPE);
        return type == null ? null : charsetOf(type);
    }

    /** The charset parameter of a media type (RFC 9110 §8.3.2), or null. */
    static @Nullable String charsetOf(String mediaType) {
        int at = mediaType.toLowerCase(Locale.ROOT).indexOf("charset=");
        if (at < 0) {
            return null;
        }
        String rest = mediaType.substring(at + "charset=".length());
        int end = rest.indexOf(';');
        return (end < 0 ? rest : rest.substring(0, end)).replace("\"", "").strip();
    }
}
