package io.proxystone.cache;

import io.proxystone.http.CacheControl;
import io.proxystone.http.Connections;
import io.proxystone.http.FieldName;
import io.proxystone.http.Fields;
import io.proxystone.http.HttpDate;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The fields of a response that a cache keeps (RFC 9111 §3.1) and those that a validation replaces (§3.2). */
final class StoredFields {
    private StoredFields() {}

    /**
     * The fields to store: all but those for one connection or one client, those the response does not want reused, and
     * those that are made anew for each client. Date is added if it is missing (RFC 9110 §6.6.1).
     *
     * @param received when the response came, in milliseconds since 1970
     */
    static Fields of(Fields response, CacheControl control, long received) {
        Set<String> unwanted = unwanted(response, control);
        Fields.Builder kept = Fields.builder();
        for (int line = 0; line < response.size(); line++) {
            if (isKept(response, line, unwanted)) {
                kept.add(response.name(line), response.value(line));
            }
        }
        if (!response.contains(FieldName.DATE)) {
            kept.add(FieldName.DATE, HttpDate.format(Instant.ofEpochMilli(received)));
        }
        return kept.build();
    }

    /**
     * The stored fields with those that a newer response without content brought in their place: all of them but
     * Content-Length and Content-Range, which are about content that did not come.
     */
    static Fields update(Fields stored, Fields newer, long received) {
        Fields fresh = of(newer, CacheControl.NONE, received);
        Set<String> replaced = new HashSet<>(fresh.names());
        replaced.remove("content-range");
        Fields.Builder merged = Fields.builder();
        for (int line = 0; line < stored.size(); line++) {
            if (!replaced.contains(stored.name(line).toLowerCase(Locale.ROOT))) {
                merged.add(stored.name(line), stored.value(line));
            }
        }
        for (int line = 0; line < fresh.size(); line++) {
            if (fresh.known(line) != FieldName.CONTENT_RANGE) {
                merged.add(fresh.name(line), fresh.value(line));
            }
        }
        return merged.build();
    }

    private static Set<String> unwanted(Fields response, CacheControl control) {
        Set<String> names = new HashSet<>(control.noCacheFields());
        names.addAll(control.privateFields());
        List<String> listed = Connections.listedNames(response);
        listed.forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
        return names;
    }

    private static boolean isKept(Fields fields, int line, Set<String> unwanted) {
        FieldName name = fields.known(line);
        if (name != null && !isStorable(name)) {
            return false;
        }
        return unwanted.isEmpty() || !unwanted.contains(fields.name(line).toLowerCase(Locale.ROOT));
    }

    private static boolean isStorable(FieldName name) {
        return switch (name) {
            case AGE, CONTENT_LENGTH, PROXY_AUTHENTICATE, PROXY_AUTHENTICATION_INFO, PROXY_AUTHORIZATION -> false;
            default -> !Connections.isHopByHop(name);
        };
    }
}
