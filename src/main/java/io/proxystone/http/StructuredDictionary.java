package io.proxystone.http;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A structured field that maps keys to values (RFC 9651 §3.2).
 *
 * @param members the members by their keys, in order
 */
public record StructuredDictionary(Map<String, StructuredMember> members) {
    public StructuredDictionary {
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    /** Reads all lines of a field as RFC 9651 §4.2 has it; null if anything is malformed, which makes the field void. */
    public static @Nullable StructuredDictionary parse(List<String> lines) {
        return new StructuredParser(String.join(", ", lines)).dictionary();
    }

    public boolean isEmpty() {
        return members.isEmpty();
    }
}
