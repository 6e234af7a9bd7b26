package io.proxystone.config;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces {@code ${env:NAME}} and {@code ${env:NAME:default}} in settings by environment variables. */
final class Environment {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{env:([A-Za-z_][A-Za-z0-9_]*)(?::([^}]*))?}");

    private final Map<String, String> variables;

    Environment(Map<String, String> variables) {
        this.variables = variables;
    }

    /**
     * The text with references replaced; a variable that is not set and has no default leaves nothing.
     *
     * @throws IllegalArgumentException if it has a reference of another form
     */
    String substitute(String text) {
        if (REFERENCE.matcher(text).replaceAll("").contains("${")) {
            throw new IllegalArgumentException(
                    "'" + text + "' has a reference of an unknown form; allowed: ${env:NAME}, ${env:NAME:default}");
        }
        return REFERENCE.matcher(text).replaceAll(match -> {
            String value = variables.get(match.group(1));
            String otherwise = match.group(2) == null ? "" : match.group(2);
            return Matcher.quoteReplacement(value == null || value.isEmpty() ? otherwise : value);
        });
    }
}
