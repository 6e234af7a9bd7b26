package io.proxystone.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.JsonSchema;

/** A YAML file as a JSON tree that remembers the line of everything in it. */
public final class YamlFile {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final ScalarResolver RESOLVER = new JsonSchema().getScalarResolver();
    private static final int MAX_DEPTH = 100;
    private static final int MAX_NODES = 200_000;

    private final String name;
    private final Map<String, Integer> lines = new HashMap<>();
    private final Map<String, Replaced> replaced = new HashMap<>();
    private final UnaryOperator<String> substitution;
    private final JsonNode root;
    private int nodes;

    /** A text before and after substitution. */
    private record Replaced(String written, String meant) {}

    private YamlFile(String name, @Nullable Node node, UnaryOperator<String> substitution)
            throws InvalidFilesException {
        this.name = name;
        this.substitution = substitution;
        this.root = node == null ? JSON.objectNode() : convert(node, "", 0);
    }

    /**
     * Reads a file.
     *
     * @param substitution what is done to every text value
     * @throws InvalidFilesException if it cannot be read, or is not one YAML document with unique keys
     */
    public static YamlFile read(Path file, String name, UnaryOperator<String> substitution)
            throws InvalidFilesException {
        return parse(TextFile.read(file), name, substitution);
    }

    /** Like {@link #read} for a text. */
    public static YamlFile parse(String text, String name, UnaryOperator<String> substitution)
            throws InvalidFilesException {
        try {
            LoadSettings settings = LoadSettings.builder().setLabel(name).build();
            Optional<Node> node = new Compose(settings).composeString(text);
            return new YamlFile(name, node.orElse(null), substitution);
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
            throw new InvalidFilesException(new Finding(name, line, null, "not valid YAML: " + e.getProblem()));
        } catch (YamlEngineException e) {
            throw new InvalidFilesException(new Finding(name, 0, null, "not valid YAML: " + e.getMessage()));
        }
    }

    public String name() {
        return name;
    }

    public JsonNode root() {
        return root;
    }

    /** The line of what a JSON pointer leads to, or of the nearest thing around it; 0 for an empty file. */
    public int line(String pointer) {
        for (String path = pointer; ; path = path.substring(0, path.lastIndexOf('/'))) {
            Integer line = lines.get(path);
            if (line != null) {
                return line;
            }
            if (path.indexOf('/') < 0) {
                return 0;
            }
        }
    }

    /**
     * A message about a value as it may be shown: with what stands in the file, not with what an environment variable has put
     * in its place, which may be a secret.
     */
    String discreet(String pointer, String message) {
        Replaced value = replaced.get(pointer);
        if (value == null) {
            return message;
        }
        String shown = value.meant().isEmpty() ? message : message.replace(value.meant(), value.written());
        return shown.contains(value.written()) ? shown : shown + " (the value of " + value.written() + ")";
    }

    private JsonNode convert(Node node, String pointer, int depth) throws InvalidFilesException {
        if (depth > MAX_DEPTH || ++nodes > MAX_NODES) {
            throw new InvalidFilesException(new Finding(
                    name, line(node), null, "not valid YAML here: nested too deeply, or an alias of itself"));
        }
        lines.putIfAbsent(pointer, line(node));
        if (node instanceof MappingNode mapping) {
            return convertMapping(mapping, pointer, depth);
        }
        if (node instanceof SequenceNode sequence) {
            ArrayNode array = JSON.arrayNode();
            for (Node each : sequence.getValue()) {
                array.add(convert(each, pointer + "/" + array.size(), depth + 1));
            }
            return array;
        }
        return convertScalar((ScalarNode) node, pointer);
    }

    private ObjectNode convertMapping(MappingNode mapping, String pointer, int depth) throws InvalidFilesException {
        ObjectNode object = JSON.objectNode();
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw new InvalidFilesException(
                        new Finding(name, line(tuple.getKeyNode()), null, "a key is not a text"));
            }
            String path = pointer + "/" + key.getValue().replace("~", "~0").replace("/", "~1");
            lines.put(path, line(key));
            if (object.has(key.getValue())) {
                throw new InvalidFilesException(new Finding(name, line(key), key(path), "the key is there twice"));
            }
            object.set(key.getValue(), convert(tuple.getValueNode(), path, depth + 1));
        }
        return object;
    }

    /** What stands in for a variable has the type it would have if it were written there, unless it is quoted. */
    private JsonNode convertScalar(ScalarNode scalar, String pointer) throws InvalidFilesException {
        String value = substituted(scalar, pointer);
        boolean plain = scalar.getScalarStyle() == ScalarStyle.PLAIN;
        Tag tag = value.equals(scalar.getValue()) ? scalar.getTag() : RESOLVER.resolve(value, plain);
        if (tag.equals(Tag.INT)) {
            BigInteger number = new BigInteger(value);
            return number.bitLength() < 32 ? JSON.numberNode(number.intValue()) : JSON.numberNode(number);
        }
        if (tag.equals(Tag.FLOAT) && value.matches("[-+0-9.eE]+")) {
            return JSON.numberNode(new BigDecimal(value));
        }
        if (tag.equals(Tag.BOOL)) {
            return JSON.booleanNode(Boolean.parseBoolean(value));
        }
        return tag.equals(Tag.NULL) ? JSON.nullNode() : JSON.textNode(value);
    }

    private String substituted(ScalarNode scalar, String pointer) throws InvalidFilesException {
        String written = scalar.getValue();
        try {
            String meant = substitution.apply(written);
            if (!meant.equals(written)) {
                replaced.put(pointer, new Replaced(written, meant));
            }
            return meant;
        } catch (IllegalArgumentException e) {
            throw new InvalidFilesException(
                    new Finding(name, line(scalar), key(pointer), String.valueOf(e.getMessage())));
        }
    }

    /** A JSON pointer as users write the place: names with dots between. */
    static String key(String pointer) {
        return pointer.replaceFirst("^/", "").replace('/', '.');
    }

    private static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }
}
