package io.proxystone.edge;

/** What answers the requests for one address. */
public interface FlowHandler {

    /** The id of the flow. */
    String flow();

    FlowAddress address();

    FlowOptions options();

    /** Answers a request, now or later, by {@link ServerExchange#respond}. Called on the loop of its connection. */
    void handle(ServerExchange exchange);
}
