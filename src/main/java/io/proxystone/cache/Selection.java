package io.proxystone.cache;

import io.proxystone.http.Fields;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The requests a stored response is for: those whose fields that its Vary names have the values they had in the request it
 * answered, in a normal form (RFC 9111 §4.1).
 */
public record Selection(List<Selector> selectors) {
    /** For all requests: the response has no Vary. */
    public static final Selection ALL = new Selection(List.of());

    /**
     * One field that Vary names.
     *
     * @param name the name in lower case
     * @param value its value in the normal form of {@link SelectingValue}, or null if the request did not have it
     */
    public record Selector(String name, @Nullable String value) {
        boolean matches(Fields request) {
            String other = SelectingValue.of(name, request);
            return value == null ? other == null : value.equals(other);
        }
    }

    public Selection {
        selectors = List.copyOf(selectors);
    }

    /** The requests that cannot be told from one by the named fields. */
    public static Selection of(List<String> names, Fields request) {
        if (names.isEmpty()) {
            return ALL;
        }
        List<Selector> selectors = new ArrayList<>();
        for (String name : names) {
            selectors.add(new Selector(name, SelectingValue.of(name, request)));
        }
        return new Selection(selectors);
    }

    public boolean matches(Fields request) {
        for (Selector selector : selectors) {
            if (!selector.matches(request)) {
                return false;
            }
        }
        return true;
    }
}
