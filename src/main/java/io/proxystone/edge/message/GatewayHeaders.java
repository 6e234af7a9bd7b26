package io.proxystone.edge.message;

import io.proxystone.http.FieldName;
import io.proxystone.http.Fields;
import io.proxystone.http.Octets;
import io.proxystone.http.ResponseHead;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a {@link GatewayMessage} as Camel sees them: the fields it came with, the {@code CamelHttp*} names computed
 * on demand, and over both what steps changed. Names are compared without regard to case.
 */
final class GatewayHeaders extends AbstractMap<String, Object> {
    /** Marks what a step removed. */
    private static final Object REMOVED = new Object();

    private static final String CAMEL = "camel";

    private Fields fields;
    private ComputedHeaders computed;
    private boolean cleared;
    private @Nullable TreeMap<String, Object> changes;

    GatewayHeaders(Fields fields, ComputedHeaders computed) {
        this.fields = fields;
        this.computed = computed;
    }

    /** Takes over what other headers are now; later changes of either do not reach the other. */
    void become(GatewayHeaders other) {
        fields = other.fields;
        computed = other.computed;
        cleared = other.cleared;
        changes = other.changes == null ? null : new TreeMap<>(other.changes);
    }

    /** What the listener is answering, or null if nobody asked through one. */
    @Nullable
    InboundRequest request() {
        return computed.request();
    }

    /** The head of the response these headers are of, or null while they are a request's. */
    @Nullable
    ResponseHead response() {
        return computed.response();
    }

    /** Whether a name can belong to an HTTP field; all others are Camel's own and never leave the process. */
    static boolean isFieldName(String name) {
        return Octets.isToken(name)
                && !name.regionMatches(true, 0, CAMEL, 0, CAMEL.length())
                && !name.regionMatches(true, 0, "org.apache.camel", 0, "org.apache.camel".length());
    }

    /** The fields the message came with; none after a step cleared the headers. */
    Fields inherited() {
        return cleared ? Fields.EMPTY : fields;
    }

    boolean isUnchanged() {
        return changes == null;
    }

    /** Whether a step set or removed a name. */
    boolean isChanged(String name) {
        return changes != null && changes.containsKey(name);
    }

    /** The value a step set, or null. */
    @Nullable
    Object set(String name) {
        Object value = changes == null ? null : changes.get(name);
        return value == REMOVED ? null : value;
    }

    /** What steps set and did not remove again. */
    Map<String, Object> allSet() {
        if (changes == null) {
            return Map.of();
        }
        Map<String, Object> set = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        changes.forEach((name, value) -> {
            if (value != REMOVED) {
                set.put(name, value);
            }
        });
        return set;
    }

    @Override
    public @Nullable Object get(@Nullable Object key) {
        return key instanceof String name ? get(name) : null;
    }

    private @Nullable Object get(String name) {
        if (changes != null) {
            Object value = changes.get(name);
            if (value != null) {
                return value == REMOVED ? null : value;
            }
        }
        return cleared ? null : original(name);
    }

    private @Nullable Object original(String name) {
        if (name.regionMatches(true, 0, CAMEL, 0, CAMEL.length())) {
            return computed.get(name);
        }
        Object parameter = computed.parameter(name);
        return parameter != null ? parameter : isFieldName(name) ? field(name) : null;
    }

    private @Nullable Object field(String name) {
        List<String> values = fields.all(name);
        return switch (values.size()) {
            case 0 -> null;
            case 1 -> values.get(0);
            default -> values;
        };
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return get(key) != null;
    }

    @Override
    public @Nullable Object put(String name, @Nullable Object value) {
        Object former = get(name);
        if (changes == null) {
            changes = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        }
        changes.put(name, value == null ? REMOVED : value);
        return former;
    }

    @Override
    public @Nullable Object remove(@Nullable Object key) {
        return key instanceof String name && get(name) != null ? put(name, null) : null;
    }

    /**
     * Takes values over: into empty headers those of another message as they are, changed or not. Camel also puts copies of
     * headers back to where they came from; a value that is there already is not set by that.
     */
    @Override
    public void putAll(Map<? extends String, ?> values) {
        boolean empty = changes == null && (cleared || fields.size() == 0);
        if (empty && values instanceof GatewayHeaders other) {
            become(other);
            return;
        }
        values.forEach((name, value) -> {
            if (!Objects.equals(value, get(name))) {
                put(name, value);
            }
        });
    }

    @Override
    public void clear() {
        cleared = true;
        changes = null;
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        Map<String, Object> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        if (!cleared) {
            for (int line = 0; line < fields.size(); line++) {
                FieldName known = fields.known(line);
                String name = known == null ? fields.name(line) : known.text();
                if (isFieldName(name) && !all.containsKey(name)) {
                    all.put(name, field(name));
                }
            }
            computed.forEach(all::put);
        }
        if (changes != null) {
            changes.forEach((name, value) -> {
                all.remove(name);
                if (value != REMOVED) {
                    all.put(name, value);
                }
            });
        }
        return new Entries(all);
    }

    /** A snapshot to iterate over, whose removals reach the headers. */
    private final class Entries extends AbstractSet<Entry<String, Object>> {
        private final Map<String, Object> all;

        Entries(Map<String, Object> all) {
            this.all = all;
        }

        @Override
        public Iterator<Entry<String, Object>> iterator() {
            Iterator<Entry<String, Object>> entries =
                    Collections.unmodifiableMap(all).entrySet().iterator();
            return new Iterator<>() {
                private @Nullable String current;

                @Override
                public boolean hasNext() {
                    return entries.hasNext();
                }

                @Override
                public Entry<String, Object> next() {
                    Entry<String, Object> entry = entries.next();
                    current = entry.getKey();
                    return new ChangingEntry(entry);
                }

                @Override
                public void remove() {
                    GatewayHeaders.this.remove(current);
                }
            };
        }

        @Override
        public int size() {
            return all.size();
        }
    }

    /** An entry whose new value reaches the headers. */
    private final class ChangingEntry extends SimpleEntry<String, Object> {
        ChangingEntry(Entry<String, Object> entry) {
            super(entry);
        }

        @Override
        public Object setValue(Object value) {
            GatewayHeaders.this.put(getKey(), value);
            return super.setValue(value);
        }
    }
}
