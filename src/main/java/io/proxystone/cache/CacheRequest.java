package io.proxystone.cache;

import io.proxystone.http.CacheControl;
import io.proxystone.http.FieldName;
import io.proxystone.http.FieldValue;
import io.proxystone.http.Fields;
import io.proxystone.http.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request as the rules of caching see it.
 *
 * @param key what responses to it are stored under
 * @param control its cache directives, those of Pragma included where they still count; none if the settings ignore them
 * @param rule the first rule of the settings whose request conditions it meets
 */
public record CacheRequest(String method, CacheKey key, Fields fields, CacheControl control, CacheRule rule) {
    private static final CacheControl NO_CACHE = CacheControl.parse(List.of("no-cache"));

    /** The cache directives of a request's fields (RFC 9111 §5.2.1, §5.4). */
    public static CacheControl controlOf(Fields fields) {
        if (fields.contains(FieldName.CACHE_CONTROL)) {
            return CacheControl.parse(fields.all(FieldName.CACHE_CONTROL));
        }
        boolean pragma = fields.contains(FieldName.PRAGMA)
                && fields.all(FieldName.PRAGMA).stream().anyMatch(line -> FieldValue.listContains(line, "no-cache"));
        return pragma ? NO_CACHE : CacheControl.NONE;
    }

    /** Whether a response to it can be looked for in the cache: it asks for a representation. */
    public boolean isRetrieval() {
        return method.equals(Method.GET) || method.equals(Method.HEAD) || rule.cachesMethod(method);
    }

    public boolean isHead() {
        return method.equals(Method.HEAD);
    }

    /** The value of its Range, or null if it has none or is no GET, for which alone it is defined (RFC 9110 §14.2). */
    public @Nullable String range() {
        return method.equals(Method.GET) ? fields.first(FieldName.RANGE) : null;
    }
}
