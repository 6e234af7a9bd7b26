package io.proxystone.cache;

import io.proxystone.http.CacheControl;
import io.proxystone.http.FieldName;
import io.proxystone.http.Fields;
import io.proxystone.http.StructuredDictionary;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cache directives of a response that count for this cache: those of a targeted field before Cache-Control and Expires
 * (RFC 9213 §2.2).
 *
 * @param targeted whether they come from a field that is for caches like this one; Expires does not count then
 */
record ResponseControl(CacheControl directives, boolean targeted) {
    private static final ResponseControl NONE = new ResponseControl(CacheControl.NONE, true);

    static ResponseControl of(Fields fields, CacheRule rule) {
        if (rule.ignoresCacheControl()) {
            return NONE;
        }
        CacheControl targeted = targeted(fields.all(FieldName.CDN_CACHE_CONTROL));
        if (targeted == null && rule.surrogateControl()) {
            List<String> lines = fields.all(FieldName.SURROGATE_CONTROL);
            CacheControl surrogate = CacheControl.parse(lines);
            targeted = surrogate.isEmpty() ? null : surrogate;
        }
        return targeted != null
                ? new ResponseControl(targeted, true)
                : new ResponseControl(CacheControl.parse(fields.all(FieldName.CACHE_CONTROL)), false);
    }

    /** The directives of a targeted field, or null if there is none or it is to be ignored whole. */
    private static @Nullable CacheControl targeted(List<String> lines) {
        if (lines.isEmpty()) {
            return null;
        }
        StructuredDictionary dictionary = StructuredDictionary.parse(lines);
        return dictionary == null || dictionary.isEmpty() ? null : CacheControl.ofDictionary(dictionary);
    }
}
