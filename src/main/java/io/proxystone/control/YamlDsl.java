package io.proxystone.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.proxystone.config.InvalidFilesException;
import io.proxystone.config.YamlFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What Camel's schema of its YAML allows where something else stands. Read only when something is wrong. */
final class YamlDsl {
    private static final String SCHEMA = "/schema/camelYamlDsl.json";
    private static final String STEPS = "/items/definitions/org.apache.camel.model.ProcessorDefinition/properties";
    private static final String ROOT = "/items/properties";
    private static final int NEAR = 3;

    private YamlDsl() {}

    /**
     * Why a key is wrong.
     *
     * @param step whether it stands where a step or another element should
     * @param text the file it stands in
     * @param line its line
     */
    static String explain(boolean step, String key, String text, int line) {
        JsonNode schema = schema();
        List<String> parents = parents(key, text, line);
        String parent = parents.isEmpty() ? null : parents.get(parents.size() - 1);
        Set<String> allowed = allowed(schema, parent);
        String kind = parent == null
                ? "unknown element"
                : parent.equals("steps") || step ? "unknown step" : "unknown key of " + parent;
        if (allowed.isEmpty()) {
            return kind;
        }
        String near = allowed.stream()
                .filter(each -> distance(each, key) < NEAR)
                .findFirst()
                .map(each -> " (did you mean '" + each + "'?)")
                .orElse("");
        return kind + near + "; allowed: " + String.join(", ", allowed);
    }

    private static Set<String> allowed(JsonNode schema, @Nullable String parent) {
        Set<String> names = new TreeSet<>();
        if (parent == null) {
            schema.at(ROOT).fieldNames().forEachRemaining(names::add);
            return names;
        }
        if (parent.equals("steps")) {
            schema.at(STEPS).fieldNames().forEachRemaining(names::add);
            return names;
        }
        JsonNode element = schema.at(STEPS).path(parent);
        if (element.isMissingNode()) {
            element = schema.at(ROOT).path(parent);
        }
        JsonNode definition =
                element.has("$ref") ? schema.at(element.get("$ref").asText().substring(1)) : element;
        addProperties(definition, names);
        return names;
    }

    private static void addProperties(JsonNode definition, Set<String> names) {
        definition.path("properties").fieldNames().forEachRemaining(names::add);
        definition.path("anyOf").forEach(each -> addProperties(each, names));
        definition.path("oneOf").forEach(each -> addProperties(each, names));
    }

    /** The keys that lead to a key on a line, the outermost first, without list positions. */
    private static List<String> parents(String key, String text, int line) {
        try {
            YamlFile file = YamlFile.parse(text, "flow", UnaryOperator.identity());
            List<String> path = path(file, file.root(), "", key, line);
            return path == null ? List.of() : path;
        } catch (InvalidFilesException e) {
            return List.of();
        }
    }

    private static @Nullable List<String> path(YamlFile file, JsonNode node, String pointer, String key, int line) {
        if (node.isObject()) {
            for (var entry : node.properties()) {
                String child = pointer + "/" + entry.getKey().replace("~", "~0").replace("/", "~1");
                if (entry.getKey().equals(key) && file.line(child) == line) {
                    return new ArrayList<>();
                }
                List<String> below = path(file, entry.getValue(), child, key, line);
                if (below != null) {
                    below.add(0, entry.getKey());
                    return below;
                }
            }
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                List<String> below = path(file, node.get(i), pointer + "/" + i, key, line);
                if (below != null) {
                    return below;
                }
            }
        }
        return null;
    }

    private static JsonNode schema() {
        try (InputStream in = Objects.requireNonNull(YamlDsl.class.getResourceAsStream(SCHEMA), SCHEMA)) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many letters differ (Levenshtein), without regard to case. */
    private static int distance(String a, String b) {
        String left = a.toLowerCase(Locale.ROOT);
        String right = b.toLowerCase(Locale.ROOT);
        int[] row = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int substitution = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substitution, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[right.length()];
    }
}
