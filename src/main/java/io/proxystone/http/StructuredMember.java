package io.proxystone.http;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A member of a Dictionary or an inner list (RFC 9651 §3.1, §3.2).
 *
 * @param parameters bare items by their keys, in order
 */
public record StructuredMember(StructuredValue value, Map<String, StructuredValue> parameters) {
    public StructuredMember {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }
}
