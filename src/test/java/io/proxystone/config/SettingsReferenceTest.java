package io.proxystone.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.proxystone.cache.CacheRule;
import io.proxystone.cache.CacheSettings;
import io.proxystone.http.ByteSize;
import io.proxystone.testing.Document;
import io.proxystone.upstream.Target;
import io.proxystone.upstream.UpstreamSettings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** docs/reference/settings.md has every key of the schema with its type and the default of the settings records. */
class SettingsReferenceTest {
    private static final String UPSTREAM = "upstreams.NAME";
    private static final String RULE = "caches.NAME.rules.";

    @Test
    void everyKeyOfTheSchemaStandsInTheReferenceWithItsType() throws Exception {
        Map<String, String> types = new LinkedHashMap<>();
        JsonNode schema = new ObjectMapper()
                .readTree(Path.of("config/proxy-stone.schema.json").toFile());
        collect(schema, schema, "", types);
        Map<String, String> documented = new LinkedHashMap<>();
        rows().forEach((key, cells) -> documented.put(key, cells.get(0)));
        assertThat(documented).containsExactlyInAnyOrderEntriesOf(types);
    }

    @Test
    void everyDefaultIsTheOneOfTheSettingsRecords() throws Exception {
        ObjectMapper mapper = SettingsMapper.create();
        ObjectNode defaults = mapper.valueToTree(GatewaySettings.DEFAULT);
        JsonNode upstream = mapper.valueToTree(UpstreamSettings.of(Target.parse("http://localhost")));
        ((ObjectNode) defaults.get("upstreams")).set("NAME", upstream);
        ((ObjectNode) defaults.get("caches")).set("NAME", mapper.valueToTree(CacheSettings.DEFAULT));
        JsonNode rule = mapper.valueToTree(CacheRule.DEFAULT);
        for (Map.Entry<String, List<String>> row : rows().entrySet()) {
            String documented = row.getValue().get(1);
            String key = row.getKey();
            JsonNode value =
                    key.startsWith(RULE) ? rule.at(pointer(key.substring(RULE.length()))) : defaults.at(pointer(key));
            switch (documented) {
                case "required" -> assertThat(row.getKey()).startsWith(UPSTREAM + ".targets");
                case "none" ->
                    assertThat(value.isNull() || value.isEmpty())
                            .as(row.getKey())
                            .isTrue();
                default ->
                    assertThat(inTheFormOfTheRecords(row.getValue().get(0), documented))
                            .as(row.getKey())
                            .isEqualToIgnoringCase(value.asText());
            }
        }
    }

    private static String pointer(String key) {
        return "/" + key.replace('.', '/');
    }

    private static String inTheFormOfTheRecords(String type, String value) {
        return switch (type) {
            case "size" -> Long.toString(ByteSize.parse(value));
            case "duration" -> Durations.format(Durations.parse(value));
            default -> value;
        };
    }

    private static Map<String, List<String>> rows() throws Exception {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        Document document = Document.of("reference/settings.md");
        for (String section : document.headings()) {
            rows.putAll(document.section(section).rows());
        }
        return rows;
    }

    /** Puts the type of each key below a definition, by the key's path with dots. */
    private static void collect(JsonNode root, JsonNode definition, String path, Map<String, String> types) {
        JsonNode resolved = definition.has("$ref") && !isNamedType(definition) ? resolve(root, definition) : definition;
        boolean object = resolved.path("type").asText().equals("object");
        if (!object) {
            types.put(path, type(resolved));
        }
        JsonNode items = resolved.path("items");
        JsonNode item = items.has("$ref") ? resolve(root, items) : items;
        if (item.path("type").asText().equals("object")) {
            collect(root, item, path, types);
        }
        if (resolved.path("additionalProperties").isObject()) {
            collect(root, resolved.get("additionalProperties"), path + ".NAME", types);
        }
        resolved.path("properties")
                .properties()
                .forEach(property -> collect(
                        root, property.getValue(), (path.isEmpty() ? "" : path + ".") + property.getKey(), types));
    }

    private static boolean isNamedType(JsonNode definition) {
        return definition.path("$ref").asText().matches("#/\\$defs/(size|duration|count|patterns)");
    }

    private static JsonNode resolve(JsonNode root, JsonNode definition) {
        return root.at(definition.get("$ref").asText().substring(1));
    }

    private static String type(JsonNode definition) {
        if (definition.has("$ref")) {
            return definition.get("$ref").asText().replaceFirst(".*/", "");
        }
        if (definition.has("enum")) {
            StringBuilder values = new StringBuilder();
            definition.get("enum").forEach(value -> values.append(values.isEmpty() ? "" : ", ")
                    .append(value.asText()));
            return values.toString();
        }
        return switch (definition.path("type").asText()) {
            case "string" -> "text";
            case "array" -> "list";
            default -> definition.path("type").asText();
        };
    }
}
