package io.proxystone.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.ValidationMessage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says in a user's words what a schema violation is and what would be allowed. */
final class SchemaFinding {
    private final JsonNode schemaRoot;
    private final YamlFile file;

    SchemaFinding(JsonNode schemaRoot, YamlFile file) {
        this.schemaRoot = schemaRoot;
        this.file = file;
    }

    Finding of(ValidationMessage message) {
        String pointer = pointer(message.getInstanceLocation());
        String property = message.getProperty();
        if (property != null && message.getType().equals("additionalProperties")) {
            String place = pointer + "/" + property;
            return finding(place, "unknown key; allowed: " + String.join(", ", allowedKeys(message)));
        }
        if (property != null && message.getType().equals("required")) {
            return finding(pointer, "the key '" + property + "' is missing");
        }
        return finding(pointer, expectation(message));
    }

    private Finding finding(String pointer, String text) {
        return new Finding(file.name(), file.line(pointer), YamlFile.key(pointer), file.discreet(pointer, text));
    }

    private String expectation(ValidationMessage message) {
        JsonNode value = file.root().at(pointer(message.getInstanceLocation()));
        String found = value.isContainerNode() ? (value.isArray() ? "a list" : "a mapping") : value.toString();
        JsonNode schema = definition(message);
        if (schema.has("enum")) {
            List<String> values = new ArrayList<>();
            schema.get("enum").forEach(each -> values.add(each.asText()));
            return found + " is not allowed; allowed: " + String.join(", ", values);
        }
        if (message.getType().equals("maxItems") || message.getType().equals("minItems")) {
            return value.size() + " entries; allowed: exactly one";
        }
        if (schema.has("description")
                && schemaRoot.at("/$defs").properties().stream()
                        .anyMatch(each -> each.getValue().equals(schema))) {
            return found + " is not " + schema.path("description").asText();
        }
        String type = schema.path("type").asText();
        return type.isEmpty() ? message.getError() : found + " is not " + article(type);
    }

    private static String article(String type) {
        return switch (type) {
            case "boolean" -> "true or false";
            case "array" -> "a list";
            case "object" -> "a mapping of keys to values";
            case "string" -> "a text";
            default -> "of type " + type;
        };
    }

    private List<String> allowedKeys(ValidationMessage message) {
        List<String> keys = new ArrayList<>();
        definition(message).path("properties").fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    /** The schema that holds the violated keyword: the definition of the value, following references. */
    private JsonNode definition(ValidationMessage message) {
        JsonNode at = schemaRoot;
        JsonNode last = schemaRoot;
        JsonNodePath path = message.getEvaluationPath();
        for (int i = 0; i < path.getNameCount(); i++) {
            Object element = path.getElement(i);
            if (element.equals("$ref")) {
                at = schemaRoot.at(at.get("$ref").asText().substring(1));
            } else {
                @Nullable JsonNode next = element instanceof Integer index ? at.get(index) : at.get(element.toString());
                if (next == null || !next.isContainerNode()) {
                    break;
                }
                at = next;
            }
            if (at.has("type") || at.has("enum") || at.has("properties") || at.has("anyOf")) {
                boolean alternative = element instanceof Integer
                        && i > 0
                        && path.getElement(i - 1).equals("anyOf");
                last = alternative ? last : at;
            }
        }
        return last;
    }

    private static String pointer(JsonNodePath path) {
        StringBuilder pointer = new StringBuilder();
        for (int i = 0; i < path.getNameCount(); i++) {
            pointer.append('/')
                    .append(path.getElement(i).toString().replace("~", "~0").replace("/", "~1"));
        }
        return pointer.toString();
    }
}
