package io.proxystone.edge;

import io.proxystone.edge.Router.DuplicateFlowException;
import io.proxystone.edge.message.PathMatch;
import io.proxystone.http.Method;
import io.proxystone.http.UriPath;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Flows by path, a level per segment. An exact path comes before a template, a literal segment before a variable one, and
 * both before a prefix, of which the longest counts.
 */
final class PathTree {
    private final Node root = new Node();

    void add(FlowHandler flow) {
        FlowAddress address = flow.address();
        Node node = root;
        if (!address.path().isEmpty()) {
            for (String segment : address.path().substring(1).split("/", -1)) {
                node = node.child(segment);
            }
        }
        node.leaf(address).add(flow);
    }

    @Nullable
    Leaf find(String path) {
        Leaf exact = exact(root, path, 0);
        return exact != null ? exact : longestPrefix(root, path, 0);
    }

    /** The leaf of the whole path below a node; {@code from} is where the rest of the path starts with its slash. */
    private static @Nullable Leaf exact(Node node, String path, int from) {
        if (from == path.length()) {
            return node.exact;
        }
        int end = segmentEnd(path, from);
        Node literal = node.literals.get(path.substring(from + 1, end));
        Leaf leaf = literal == null ? null : exact(literal, path, end);
        return leaf == null && node.variable != null && end > from + 1 ? exact(node.variable, path, end) : leaf;
    }

    private static @Nullable Leaf longestPrefix(Node node, String path, int from) {
        if (from < path.length()) {
            int end = segmentEnd(path, from);
            Node literal = node.literals.get(path.substring(from + 1, end));
            Leaf leaf = literal == null ? null : longestPrefix(literal, path, end);
            if (leaf == null && node.variable != null && end > from + 1) {
                leaf = longestPrefix(node.variable, path, end);
            }
            if (leaf != null) {
                return leaf;
            }
        }
        return node.prefix;
    }

    private static int segmentEnd(String path, int from) {
        int slash = path.indexOf('/', from + 1);
        return slash < 0 ? path.length() : slash;
    }

    private static final class Node {
        final Map<String, Node> literals = new HashMap<>();

        @Nullable
        Node variable;

        @Nullable
        Leaf exact;

        @Nullable
        Leaf prefix;

        Node child(String segment) {
            if (!FlowAddress.isVariable(segment)) {
                return literals.computeIfAbsent(segment, key -> new Node());
            }
            if (variable == null) {
                variable = new Node();
            }
            return variable;
        }

        Leaf leaf(FlowAddress address) {
            Leaf leaf = address.prefix() ? prefix : exact;
            if (leaf == null) {
                leaf = new Leaf(address);
                if (address.prefix()) {
                    prefix = leaf;
                } else {
                    exact = leaf;
                }
            }
            return leaf;
        }
    }

    /** The flows of one path, by method. */
    static final class Leaf {
        private final PathMatch plainMatch;
        private final boolean template;
        private final Map<String, FlowHandler> byMethod = new HashMap<>();
        private @Nullable FlowHandler anyMethod;

        Leaf(FlowAddress address) {
            plainMatch = new PathMatch(address.path().length(), Map.of());
            template = address.path().indexOf('{') >= 0;
        }

        void add(FlowHandler flow) {
            Set<String> methods = flow.address().methods();
            if (methods.isEmpty()) {
                if (anyMethod != null) {
                    throw new DuplicateFlowException(anyMethod, flow);
                }
                anyMethod = flow;
            }
            for (String method : methods) {
                FlowHandler other = byMethod.putIfAbsent(method, flow);
                if (other != null) {
                    throw new DuplicateFlowException(other, flow);
                }
            }
        }

        /** The flow for a method. Who takes GET takes HEAD (RFC 9110 §9.3.2). */
        @Nullable
        FlowHandler forMethod(String method) {
            FlowHandler flow = byMethod.isEmpty() ? null : byMethod.get(method);
            if (flow == null && method.equals(Method.HEAD)) {
                flow = byMethod.get(Method.GET);
            }
            return flow == null ? anyMethod : flow;
        }

        Set<String> methods() {
            Set<String> methods = new TreeSet<>(byMethod.keySet());
            if (methods.contains(Method.GET)) {
                methods.add(Method.HEAD);
            }
            return methods;
        }

        boolean isTemplate() {
            return template;
        }

        PathMatch plainMatch() {
            return plainMatch;
        }

        /** The match of a path that led to a flow whose path has variables. */
        PathMatch match(FlowHandler flow, String path) {
            Map<String, String> values = new LinkedHashMap<>();
            int from = 0;
            for (String segment : flow.address().path().substring(1).split("/", -1)) {
                int end = segmentEnd(path, from);
                if (FlowAddress.isVariable(segment)) {
                    String name = segment.substring(1, segment.length() - 1);
                    values.put(name, UriPath.decode(path.substring(from + 1, end)));
                }
                from = end;
            }
            return new PathMatch(from, values);
        }
    }
}
