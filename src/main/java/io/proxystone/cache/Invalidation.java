package io.proxystone.cache;

import io.proxystone.http.FieldName;
import io.proxystone.http.Fields;
import io.proxystone.http.Method;
import io.proxystone.http.ResponseHead;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a request that may have changed something makes invalid (RFC 9111 §4.4). */
public final class Invalidation {
    private Invalidation() {}

    /**
     * The URIs whose stored responses are invalid after a response to an unsafe or unknown method that is no error: the
     * request's own, and of the same origin those of Location and Content-Location.
     */
    public static List<CacheTarget> of(String method, CacheTarget target, ResponseHead response) {
        boolean error = response.status() < 200 || response.status() >= 400;
        if (Method.isSafe(method) || error) {
            return List.of();
        }
        List<CacheTarget> targets = new ArrayList<>();
        targets.add(target);
        add(target, response.fields(), FieldName.LOCATION, targets);
        add(target, response.fields(), FieldName.CONTENT_LOCATION, targets);
        return targets;
    }

    private static void add(CacheTarget target, Fields fields, FieldName name, List<CacheTarget> targets) {
        String reference = fields.first(name);
        CacheTarget other = reference == null ? null : resolve(target, reference);
        // Another origin's word does not count about this one, nor this one's about another.
        if (other != null
                && other.scheme().equals(target.scheme())
                && other.normalAuthority().equals(target.normalAuthority())
                && !targets.contains(other)) {
            targets.add(other);
        }
    }

    private static @Nullable CacheTarget resolve(CacheTarget base, String reference) {
        try {
            // URI.resolve drops the last segment of the base for a reference that is a query alone.
            String relative = reference.startsWith("?") ? base.path() + reference : reference;
            URI uri = URI.create(base.scheme() + "://" + base.authority() + base.path())
                    .resolve(relative);
            if (uri.getScheme() == null || uri.getRawAuthority() == null) {
                return null;
            }
            String path = uri.getRawPath();
            return new CacheTarget(
                    uri.getScheme().toLowerCase(Locale.ROOT),
                    uri.getRawAuthority(),
                    path.isEmpty() ? "/" : path,
                    uri.getRawQuery());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
