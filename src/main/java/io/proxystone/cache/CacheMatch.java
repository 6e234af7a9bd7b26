package io.proxystone.cache;

import io.proxystone.http.FieldName;
import io.proxystone.http.Fields;
import io.proxystone.http.ResponseHead;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The requests and responses a rule is about. What is not given matches everything; of a list one is enough; all that is given
 * must match.
 *
 * @param path patterns of the path in its normal form, in which {@code *} stands for any characters
 * @param host patterns of the host without its port
 * @param method methods
 * @param header patterns of request header values by name; {@code *} alone is any value
 * @param status patterns of the response's status, such as {@code 404} or {@code 4*}
 * @param contentType patterns of the response's media type without parameters
 */
public record CacheMatch(
        List<Pattern> path,
        List<Pattern> host,
        Set<String> method,
        Map<String, Pattern> header,
        List<Pattern> status,
        List<Pattern> contentType) {

    public static final CacheMatch ALL = new CacheMatch(null, null, null, null, null, null);

    public CacheMatch(
            @Nullable List<Pattern> path,
            @Nullable List<Pattern> host,
            @Nullable Set<String> method,
            @Nullable Map<String, Pattern> header,
            @Nullable List<Pattern> status,
            @Nullable List<Pattern> contentType) {
        this.path = path == null ? List.of() : List.copyOf(path);
        this.host = inLowerCase(host);
        this.method = method == null
                ? Set.of()
                : method.stream().map(each -> each.toUpperCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        this.header = header == null ? Map.of() : new TreeMap<>(header);
        this.status = status == null ? List.of() : List.copyOf(status);
        this.contentType = inLowerCase(contentType);
    }

    private static List<Pattern> inLowerCase(@Nullable List<Pattern> patterns) {
        return patterns == null
                ? List.of()
                : patterns.stream()
                        .map(each -> new Pattern(each.text().toLowerCase(Locale.ROOT)))
                        .toList();
    }

    /** Whether the request conditions are met. */
    boolean matches(String requestMethod, String requestHost, String requestPath, Fields fields) {
        return (method.isEmpty() || method.contains(requestMethod))
                && any(path, requestPath)
                && any(host, requestHost)
                && header.entrySet().stream().allMatch(each -> fields.all(each.getKey()).stream()
                        .anyMatch(value -> each.getValue().matches(value)));
    }

    /** Whether the response conditions are met. */
    boolean matches(ResponseHead response) {
        return any(status, Integer.toString(response.status())) && any(contentType, mediaType(response.fields()));
    }

    private static String mediaType(Fields fields) {
        String type = fields.first(FieldName.CONTENT_TYPE);
        if (type == null) {
            return "";
        }
        int semicolon = type.indexOf(';');
        return (semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
    }

    /** Whether it says anything about responses, which are not known when a request is looked up. */
    boolean isAboutResponses() {
        return !status.isEmpty() || !contentType.isEmpty();
    }

    private static boolean any(List<Pattern> patterns, String text) {
        if (patterns.isEmpty()) {
            return true;
        }
        for (Pattern pattern : patterns) {
            if (pattern.matches(text)) {
                return true;
            }
        }
        return false;
    }
}
