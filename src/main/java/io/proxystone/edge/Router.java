package io.proxystone.edge;

import io.proxystone.edge.PathTree.Leaf;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the flow for a request: by host (a name before a wildcard, the longest wildcard first, then flows for any host),
 * then by path ({@link PathTree}), then by method. Immutable; what a look-up costs does not grow with the number of flows.
 */
public final class Router {
    public static final Router EMPTY = new Router(List.of());

    private final Map<String, PathTree> byName = new HashMap<>();
    private final Map<String, PathTree> byDomain = new HashMap<>();
    private final PathTree anyHost = new PathTree();

    /** @throws DuplicateFlowException if two flows have the same host, path and method */
    public Router(Collection<? extends FlowHandler> flows) {
        for (FlowHandler flow : flows) {
            List<String> hosts = flow.address().hosts();
            if (hosts.isEmpty()) {
                anyHost.add(flow);
            }
            for (String host : hosts) {
                boolean wildcard = host.startsWith("*.");
                (wildcard ? byDomain : byName)
                        .computeIfAbsent(wildcard ? host.substring(1) : host, key -> new PathTree())
                        .add(flow);
            }
        }
    }

    /**
     * @param host the host of the request in lower case, without port
     * @param path its path in normal form
     */
    public Routing find(String host, String path, String method) {
        if (!byName.isEmpty() || !byDomain.isEmpty()) {
            PathTree tree = byName.get(host);
            Leaf leaf = tree == null ? null : tree.find(path);
            for (int dot = host.indexOf('.'); leaf == null && dot >= 0; dot = host.indexOf('.', dot + 1)) {
                tree = byDomain.get(host.substring(dot));
                leaf = tree == null ? null : tree.find(path);
            }
            if (leaf != null) {
                return choose(leaf, path, method);
            }
        }
        return choose(anyHost.find(path), path, method);
    }

    private static Routing choose(@Nullable Leaf leaf, String path, String method) {
        if (leaf == null) {
            return new Routing.NotFound();
        }
        FlowHandler flow = leaf.forMethod(method);
        if (flow == null) {
            return new Routing.MethodNotAllowed(leaf.methods());
        }
        return new Routing.Found(flow, leaf.isTemplate() ? leaf.match(flow, path) : leaf.plainMatch());
    }

    /** Two flows want the same requests. */
    public static final class DuplicateFlowException extends IllegalArgumentException {
        private final String flow;

        DuplicateFlowException(FlowHandler first, FlowHandler second) {
            super("The flows " + first.flow() + " and " + second.flow() + " both serve " + second.address()
                    + "; flows of one port must differ in host, path or method");
            flow = second.flow();
        }

        /** The id of the flow that came second. */
        public String flow() {
            return flow;
        }
    }
}
