package io.proxystone.edge;

import io.proxystone.edge.message.PathMatch;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the router found for a request. */
public sealed interface Routing {
    /** A flow takes the request. */
    record Found(FlowHandler handler, PathMatch match) implements Routing {}

    /** Flows serve the address, but none takes the method. */
    record MethodNotAllowed(Set<String> allowed) implements Routing {}

    /** No flow serves the address. */
    record NotFound() implements Routing {}

    /** The flow that was found, or null. */
    default @Nullable Found found() {
        return this instanceof Found found ? found : null;
    }
}
