package io.proxystone.http;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the directives of Cache-Control, each with an argument as a token or as a quoted string (RFC 9111 §5.2). */
final class CacheControlParser {
    /** What stands for an argument that is neither a token nor a quoted string. */
    private static final String MALFORMED = "";

    private final CacheControl.Builder directives = new CacheControl.Builder();

    private CacheControlParser() {}

    static CacheControl parse(List<String> lines) {
        CacheControlParser parser = new CacheControlParser();
        for (String element : FieldValue.splitList(lines)) {
            parser.element(element);
        }
        return parser.directives.build();
    }

    private void element(String element) {
        int equals = element.indexOf('=');
        String name = equals < 0 ? element : FieldValue.trim(element, 0, equals);
        CacheDirective directive = CacheDirective.find(name);
        if (directive == null) {
            return;
        }
        if (equals < 0) {
            add(directive, null);
        } else {
            add(directive, name.length() == equals ? element.substring(equals + 1) : MALFORMED);
        }
    }

    private void add(CacheDirective directive, @Nullable String argument) {
        switch (directive.argument()) {
            case NONE -> directives.add(directive);
            case OPTIONAL_FIELD_NAMES -> directives.add(directive, argument == null ? Set.of() : fieldNames(argument));
            case LIFETIME -> directives.add(directive, argument == null ? 0 : Math.max(0, seconds(argument)));
            case SECONDS -> directives.add(directive, argument == null ? -1 : seconds(argument));
            case OPTIONAL_SECONDS -> directives.add(directive, argument == null ? Long.MAX_VALUE : seconds(argument));
        }
    }

    /** The names in an argument, or none if any part of it is malformed: an open quote may hide other directives. */
    private static Set<String> fieldNames(String argument) {
        boolean open = argument.startsWith("\"") && argument.indexOf('"', 1) < 0;
        return open ? Set.of() : splitNames(text(argument));
    }

    /** The field names of a comma-separated list in lower case, or none if one is malformed. */
    static Set<String> splitNames(String list) {
        Set<String> names = new LinkedHashSet<>();
        for (String name : FieldValue.splitList(List.of(list))) {
            if (!Octets.isToken(name)) {
                return Set.of();
            }
            names.add(name.toLowerCase(Locale.ROOT));
        }
        return names;
    }

    /** The number of seconds an argument gives, or -1 (RFC 9111 §1.2.2). */
    private static long seconds(String argument) {
        String text = text(argument);
        return Math.min(FieldValue.number(text, 0, text.length()), CacheControl.Builder.MAX_SECONDS);
    }

    /**
     * What a token or a quoted string says; a string that is not closed says all that is left. A quote in the string, which
     * would have to be escaped, is not looked for: no argument can have one.
     */
    private static String text(String argument) {
        if (!argument.startsWith("\"")) {
            return Octets.isToken(argument) ? argument : MALFORMED;
        }
        int close = argument.indexOf('"', 1);
        if (close < 0) {
            return unescape(argument.substring(1));
        }
        return close == argument.length() - 1 ? unescape(argument.substring(1, close)) : MALFORMED;
    }

    private static String unescape(String inside) {
        if (inside.indexOf('\\') < 0) {
            return inside;
        }
        StringBuilder text = new StringBuilder(inside.length());
        for (int i = 0; i < inside.length(); i++) {
            boolean escape = inside.charAt(i) == '\\' && i + 1 < inside.length();
            text.append(inside.charAt(escape ? ++i : i));
        }
        return text.toString();
    }
}
