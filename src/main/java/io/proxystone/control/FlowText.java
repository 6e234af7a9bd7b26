package io.proxystone.control;

import java.util.function.Predicate;
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

    /** A file and a line in it, counted from 1; null and 0 if nothing was found. */
    record Place(@Nullable String file, int line) {
        static final Place UNKNOWN = new Place(null, 0);
    }

    private final FlowSource source;

    FlowText(FlowSource source) {
        this.source = source;
    }

    Place ofRoute(String id) {
        return first(null, scalar -> scalar.equals(id));
    }

    /** Where an endpoint is named, by its URI without parameters. */
    Place ofUri(String uri, @Nullable String route) {
        String wanted = base(uri);
        return first(route, scalar -> base(scalar).equals(wanted));
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
                int line = within == null ? 0 : line(within, wanted);
                if (line > 0) {
                    return new Place(name, line);
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
                if (line(entry, id::equals) > 0) {
                    return entry;
                }
            }
            return null;
        }
        return root;
    }

    private static int line(Node node, Predicate<String> wanted) {
        if (node instanceof ScalarNode scalar) {
            return wanted.test(scalar.getValue())
                    ? scalar.getStartMark().map(mark -> mark.getLine() + 1).orElse(0)
                    : 0;
        }
        if (node instanceof SequenceNode sequence) {
            for (Node each : sequence.getValue()) {
                int line = line(each, wanted);
                if (line > 0) {
                    return line;
                }
            }
        }
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                int line = line(tuple.getKeyNode(), wanted);
                line = line > 0 ? line : line(tuple.getValueNode(), wanted);
                if (line > 0) {
                    return line;
                }
            }
        }
        return 0;
    }
}
