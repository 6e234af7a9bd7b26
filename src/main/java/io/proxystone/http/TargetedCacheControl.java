package io.proxystone.http;

import io.proxystone.http.StructuredValue.InnerList;
import io.proxystone.http.StructuredValue.IntegerItem;
import io.proxystone.http.StructuredValue.StringItem;
import io.proxystone.http.StructuredValue.TokenItem;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Reads cache directives from the Dictionary of a targeted field (RFC 9213 §2.1). A value of a type its directive does not
 * have takes the directive away; parameters do not matter.
 */
final class TargetedCacheControl {
    private final CacheControl.Builder directives = new CacheControl.Builder();

    private TargetedCacheControl() {}

    static CacheControl read(StructuredDictionary dictionary) {
        TargetedCacheControl reader = new TargetedCacheControl();
        dictionary.members().forEach((key, member) -> {
            CacheDirective directive = CacheDirective.find(key);
            if (directive != null) {
                reader.add(directive, member.value());
            }
        });
        return reader.directives.build();
    }

    private void add(CacheDirective directive, StructuredValue value) {
        boolean bare = value.equals(StructuredValue.TRUE);
        switch (directive.argument()) {
            case NONE -> {
                if (bare) {
                    directives.add(directive);
                }
            }
            case OPTIONAL_FIELD_NAMES -> addNames(directive, value);
            case LIFETIME, SECONDS -> addSeconds(directive, value);
            case OPTIONAL_SECONDS -> {
                if (bare) {
                    directives.add(directive, Long.MAX_VALUE);
                } else {
                    addSeconds(directive, value);
                }
            }
        }
    }

    private void addSeconds(CacheDirective directive, StructuredValue value) {
        if (value instanceof IntegerItem seconds && seconds.value() >= 0) {
            directives.add(directive, Math.min(seconds.value(), CacheControl.Builder.MAX_SECONDS));
        }
    }

    private void addNames(CacheDirective directive, StructuredValue value) {
        if (value.equals(StructuredValue.TRUE)) {
            directives.add(directive);
        } else if (value instanceof StringItem names) {
            directives.add(directive, CacheControlParser.splitNames(names.value()));
        } else if (value instanceof TokenItem name) {
            directives.add(directive, CacheControlParser.splitNames(name.value()));
        } else if (value instanceof InnerList names) {
            directives.add(directive, names(names));
        }
    }

    /** The names in an inner list in lower case, or none if one is malformed. */
    private static Set<String> names(InnerList list) {
        Set<String> names = new LinkedHashSet<>();
        for (StructuredMember member : list.members()) {
            String name = "";
            if (member.value() instanceof StringItem string) {
                name = string.value();
            } else if (member.value() instanceof TokenItem token) {
                name = token.value();
            }
            if (!Octets.isToken(name)) {
                return Set.of();
            }
            names.add(name.toLowerCase(Locale.ROOT));
        }
        return names;
    }
}
