package io.proxystone.config;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.proxystone.cache.CacheSettings;
import io.proxystone.upstream.Target;
import io.proxystone.upstream.UpstreamSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Loads {@code proxy-stone.yaml}: checks it against its JSON Schema and the settings records, and fills in defaults. */
public final class SettingsFile {
    /** The name of the file in the configuration directory. */
    public static final String NAME = "proxy-stone.yaml";

    private static final String SCHEMA = "/io/proxystone/config/proxy-stone.schema.json";
    private static final Target ANY_TARGET = new Target(false, "localhost", 80, "");
    /** The defaults of what there can be several of, by the key they stand under. */
    private static final Map<String, Object> EACH =
            Map.of("upstreams", UpstreamSettings.of(ANY_TARGET), "caches", CacheSettings.DEFAULT);

    private final Environment environment;
    private final ObjectMapper mapper = SettingsMapper.create();
    private final JsonSchema schema;

    public SettingsFile(Map<String, String> environment) {
        this.environment = new Environment(environment);
        try (InputStream in = Objects.requireNonNull(SettingsFile.class.getResourceAsStream(SCHEMA), SCHEMA)) {
            schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The settings in a configuration directory; all defaults if it has no file of that name.
     *
     * @throws InvalidFilesException if the file is wrong anywhere
     */
    public GatewaySettings load(Path directory) throws InvalidFilesException {
        Path file = directory.resolve(NAME);
        return Files.exists(file)
                ? read(YamlFile.read(file, file.toString(), environment::substitute))
                : GatewaySettings.DEFAULT;
    }

    GatewaySettings parse(String yaml) throws InvalidFilesException {
        return read(YamlFile.parse(yaml, NAME, environment::substitute));
    }

    private GatewaySettings read(YamlFile file) throws InvalidFilesException {
        Set<ValidationMessage> messages = schema.validate(file.root());
        if (!messages.isEmpty()) {
            List<Finding> findings = new ArrayList<>();
            for (ValidationMessage message : messages) {
                findings.add(new SchemaFinding(schema.getSchemaNode(), file).of(message));
            }
            throw new InvalidFilesException(findings.stream().distinct().toList());
        }
        JsonNode whole = mapper.valueToTree(GatewaySettings.DEFAULT);
        merge((ObjectNode) whole, file.root());
        try {
            return mapper.treeToValue(whole, GatewaySettings.class);
        } catch (JsonMappingException e) {
            throw new InvalidFilesException(finding(file, e));
        } catch (IOException e) {
            throw new InvalidFilesException(new Finding(file.name(), 0, null, String.valueOf(e.getMessage())));
        }
    }

    /** Lays what is written over the defaults, and every upstream and every cache over the defaults of one. */
    private void merge(ObjectNode defaults, JsonNode written) {
        written.properties().forEach(entry -> {
            Object each = EACH.get(entry.getKey());
            if (each != null && entry.getValue().isObject()) {
                ObjectNode named = defaults.putObject(entry.getKey());
                entry.getValue().properties().forEach(one -> {
                    ObjectNode all = mapper.valueToTree(each);
                    overlay(all, one.getValue());
                    named.set(one.getKey(), all);
                });
            } else {
                overlayEntry(defaults, entry);
            }
        });
    }

    private static void overlay(ObjectNode defaults, JsonNode written) {
        written.properties().forEach(entry -> overlayEntry(defaults, entry));
    }

    private static void overlayEntry(ObjectNode defaults, Map.Entry<String, JsonNode> entry) {
        JsonNode old = defaults.get(entry.getKey());
        if (old instanceof ObjectNode object && entry.getValue().isObject()) {
            overlay(object, entry.getValue());
        } else if (!entry.getValue().isNull()) {
            defaults.set(entry.getKey(), entry.getValue());
        }
    }

    private static Finding finding(YamlFile file, JsonMappingException e) {
        StringBuilder pointer = new StringBuilder();
        for (JsonMappingException.Reference step : e.getPath()) {
            pointer.append('/')
                    .append(step.getFieldName() != null ? step.getFieldName() : Integer.toString(step.getIndex()));
        }
        Throwable cause = e;
        while (cause instanceof JsonMappingException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message =
                cause instanceof JsonMappingException mapping ? mapping.getOriginalMessage() : cause.getMessage();
        return finding(file, pointer.toString(), String.valueOf(message));
    }

    private static Finding finding(YamlFile file, String pointer, String message) {
        return new Finding(file.name(), file.line(pointer), YamlFile.key(pointer), file.discreet(pointer, message));
    }

    /**
     * What is wrong with a setting that only its use has shown.
     *
     * @param pointer the JSON pointer of the setting
     */
    public Finding finding(Path directory, String pointer, String message) {
        Path path = directory.resolve(NAME);
        try {
            return finding(YamlFile.read(path, path.toString(), environment::substitute), pointer, message);
        } catch (InvalidFilesException e) {
            return new Finding(path.toString(), 0, YamlFile.key(pointer), message);
        }
    }
}
