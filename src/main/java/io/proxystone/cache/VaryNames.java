package io.proxystone.cache;

import io.proxystone.http.FieldName;
import io.proxystone.http.FieldValue;
import io.proxystone.http.Fields;
import io.proxystone.http.Octets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The request fields a response depends on (RFC 9110 §12.5.5). */
final class VaryNames {
    private VaryNames() {}

    /** The names in lower case and order, each once; null if it depends on more than fields: Vary has {@code *}. */
    static @Nullable List<String> of(Fields response) {
        if (!response.contains(FieldName.VARY)) {
            return List.of();
        }
        List<String> names = FieldValue.splitList(response.all(FieldName.VARY));
        // A name that is no token can never be sent by a request: nobody can tell what it was meant to be.
        boolean any = names.stream().anyMatch(name -> name.equals("*") || !Octets.isToken(name));
        return any
                ? null
                : names.stream()
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .distinct()
                        .sorted()
                        .toList();
    }
}
