package io.proxystone.control;

import com.fasterxml.jackson.databind.JsonNode;
import io.proxystone.config.Finding;
import io.proxystone.config.InvalidFilesException;
import io.proxystone.config.YamlFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What must be right in flow files because Camel would pass over it in silence: their outline, and that ids are unique. */
final class FlowShape {
    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, String> placeOfId = new HashMap<>();

    private FlowShape() {}

    /** @throws InvalidFilesException with all that is wrong in this regard */
    static void check(FlowSource source) throws InvalidFilesException {
        FlowShape shape = new FlowShape();
        for (String name : source.names()) {
            shape.check(YamlFile.parse(source.text(name), name, UnaryOperator.identity()));
        }
        if (!shape.findings.isEmpty()) {
            throw new InvalidFilesException(shape.findings);
        }
    }

    private void check(YamlFile file) {
        JsonNode root = file.root();
        if (root.isArray()) {
            for (int i = 0; i < root.size(); i++) {
                checkRoute(file, root.get(i).path("route"), "/" + i + "/route");
            }
        } else if (!root.isObject() || !root.isEmpty()) {
            findings.add(new Finding(
                    file.name(),
                    1,
                    null,
                    "a flow file is a list; its entries start with '- route:' or another element of Camel's YAML"));
        }
    }

    private void checkRoute(YamlFile file, JsonNode route, String pointer) {
        if (route.isMissingNode()) {
            return;
        }
        if (!route.has("from")) {
            findings.add(new Finding(file.name(), file.line(pointer), "route", "the key 'from' is missing"));
        }
        String id = route.path("id").asText("");
        int line = file.line(pointer + "/id");
        String before = id.isEmpty() ? null : placeOfId.putIfAbsent(id, file.name() + ":" + line);
        if (before != null) {
            findings.add(new Finding(file.name(), line, id, "the id is taken by the route in " + before));
        }
    }
}
