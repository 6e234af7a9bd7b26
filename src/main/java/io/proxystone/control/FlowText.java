package io.proxystone.control;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Finds places in flow files by what Camel says about them: route ids, endpoint URIs, parameter names. */
final class FlowText {

    /**
     * A file and a line in it, counted from 1; null and 0 if nothing was found.
     *
     * @param text what stands there
     */
    record Place(@Nullable String file, int line, @Nullable String text) {
        static final Place UNKNOWN = new Place(null, 0, null);
    }

    private final FlowSource source;

    FlowText(FlowSource source) {
        this.source = source;
    }

    Place ofRoute(String id) {
        return first(null, scalar -> scalar.equals(id));
    }

    /** Where a text stands, or a longer one that contains it. */
    Place ofText(String text, @Nullable String route) {
        Place place = first(route, scalar -> scalar.equals(text));
        return place.line() > 0 ? place : first(route, scalar -> scalar.contains(text));
    }

    /** Where an endpoint is named, by its URI without parameters. */
    Place ofUri(String uri, @Nullable String route) {
        String wanted = base(uri);
        return first(route, scalar -> scalar.indexOf(':') > 0 && means(base(scalar), wanted));
    }

    /** Whether a URI with property placeholders may have become another one without. */
    private static boolean means(String written, String uri) {
        if (!written.contains("{{")) {
            return written.equals(uri);
        }
        String[] literal = written.split("\\{\\{.*?}}", -1);
        String form = Arrays.stream(literal).map(Pattern::quote).collect(Collectors.joining(".*"));
        return uri.matches(form) || uri.equals(written);
    }

    /** Where a parameter is set; else where its endpoint is named. */
    Place ofParameter(String name, String uri, @Nullable String route) {
        Place place = first(route, scalar -> scalar.equals(name) || scalar.matches(".*[?&]" + name + "=.*"));
        return place.line() > 0 ? place : ofUri(uri, route);
    }

    /** A URI in one spelling: without parameters and without the slashes Camel puts after the scheme. */
    private static String base(String uri) {
        int question = uri.indexOf('?');
        String path = question < 0 ? uri : uri.substring(0, question);
        return path.replaceFirst(":/+", ":");
    }

    private Place first(@Nullable String route, Predicate<String> wanted) {
        for (String name : source.names()) {
            try {
                LoadSettings settings = LoadSettings.builder().setLabel(name).build();
                Node root =
                        new Compose(settings).composeString(source.text(name)).orElse(null);
                Node within = root == null || route == null ? root : routeNode(root, route);
                ScalarNode found = within == null ? null : find(within, wanted);
                if (found != null) {
                    return new Place(name, line(found), found.getValue());
                }
            } catch (YamlEngineException e) {
                // Its own diagnosis names the place.
            }
        }
        return Place.UNKNOWN;
    }

    /** The list entry that contains an id as the value of a key {@code id}. */
    private static @Nullable Node routeNode(Node root, String id) {
        if (root instanceof SequenceNode sequence) {
            for (Node entry : sequence.getValue()) {
                if (find(entry, id::equals) != null) {
                    return entry;
                }
            }
            return null;
        }
        return root;
    }

    private static @Nullable ScalarNode find(Node node, Predicate<String> wanted) {
        if (node instanceof ScalarNode scalar) {
            return wanted.test(scalar.getValue()) ? scalar : null;
        }
        for (Node each : children(node)) {
            ScalarNode found = find(each, wanted);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static List<Node> children(Node node) {
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        List<Node> children = new ArrayList<>();
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                children.add(tuple.getKeyNode());
                children.add(tuple.getValueNode());
            }
        }
        return children;
    }

    private static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }
}
