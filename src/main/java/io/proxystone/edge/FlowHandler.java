package io.proxystone.edge;

/** What answers the requests for one address. */
public interface FlowHandler {

    /** The id of the flow. */
    String flow();

    FlowAddress address();

    FlowOptions options();

    /** A request has found this flow: it counts as one of its until {@link #released}, whether it gets as far as the flow or not. */
    default void claimed() {}

    /** A request that has found this flow has ended. */
    default void released() {}

    /** Answers a request, now or later, by {@link ServerExchange#respond}. Called on the loop of its connection. */
    void handle(ServerExchange exchange);
}
