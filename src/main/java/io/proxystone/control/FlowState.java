package io.proxystone.control;

import io.proxystone.edge.FlowHandler;
import java.net.InetSocketAddress;
import org.apache.camel.Route;

/**
 * A flow as it is now.
 *
 * @param id the id of its route
 * @param from what it starts with: host, path and methods on a listener, or the endpoint
 * @param status its state, such as Started
 * @param description what its author wrote about it, or an empty text
 * @param file where it is defined, or an empty text
 */
public record FlowState(String id, String from, String status, String description, String file) {

    static FlowState of(Route route, FlowContext flows) {
        String from = route.getEndpoint().getEndpointBaseUri();
        for (InetSocketAddress listener : flows.flows().listeners()) {
            for (FlowHandler flow : flows.flows().flows(listener)) {
                if (flow.flow().equals(route.getId())) {
                    from = ":" + listener.getPort() + " " + flow.address();
                }
            }
        }
        String location = route.getSourceLocation() == null ? "" : route.getSourceLocation();
        return new FlowState(
                route.getId(),
                from,
                String.valueOf(route.getCamelContext().getRouteController().getRouteStatus(route.getId())),
                route.getDescription() == null ? "" : route.getDescription(),
                location);
    }
}
