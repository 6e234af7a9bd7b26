package io.proxystone.cache;

import io.proxystone.http.FieldName;
import io.proxystone.http.Fields;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes cache keys (RFC 9111 §2): the target URI in normal form, less what a rule drops, and what it adds. */
final class CacheKeys {
    private CacheKeys() {}

    /**
     * The key of a request.
     *
     * @param content what tells the request's content from another one, with its method, or null for GET and HEAD
     */
    static CacheKey of(CacheTarget target, Fields fields, KeyRule rule, @Nullable String content) {
        StringBuilder key = new StringBuilder(64);
        if (content != null) {
            key.append(content).append(' ');
        }
        if (!rule.ignoreScheme()) {
            key.append(target.scheme()).append(':');
        }
        key.append("//");
        if (!rule.ignoreHost()) {
            key.append(target.normalAuthority());
        }
        key.append(target.path());
        query(target.query(), rule.query(), key);
        for (String name : rule.headers()) {
            add(name, SelectingValue.of(name, fields), key);
        }
        for (String name : rule.cookies()) {
            add("cookie." + name, cookie(name, fields), key);
        }
        return new CacheKey(key.toString());
    }

    /** Adds a value so that no value of one name reads like one of the next. */
    private static void add(String name, @Nullable String value, StringBuilder key) {
        key.append(' ').append(name);
        if (value != null) {
            key.append('=').append(value.replace("%", "%25").replace(" ", "%20"));
        }
    }

    private static void query(@Nullable String query, KeyRule.QueryRule rule, StringBuilder key) {
        if (query == null || rule.changesNothing()) {
            if (query != null) {
                key.append('?').append(query);
            }
            return;
        }
        List<String> parameters = new ArrayList<>();
        for (String parameter : query.split("&")) {
            int equals = parameter.indexOf('=');
            if (rule.counts(equals < 0 ? parameter : parameter.substring(0, equals))) {
                parameters.add(parameter);
            }
        }
        if (rule.sort()) {
            parameters.sort(null);
        }
        if (!parameters.isEmpty()) {
            key.append('?').append(String.join("&", parameters));
        }
    }

    private static @Nullable String cookie(String name, Fields fields) {
        for (String line : fields.all(FieldName.COOKIE)) {
            for (String pair : line.split(";")) {
                String cookie = pair.strip();
                if (cookie.startsWith(name) && cookie.startsWith("=", name.length())) {
                    return cookie.substring(name.length() + 1);
                }
            }
        }
        return null;
    }
}
