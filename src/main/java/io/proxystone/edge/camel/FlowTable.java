package io.proxystone.edge.camel;

import io.proxystone.edge.FlowHandler;
import java.net.InetSocketAddress;

/** Where flows of a Camel context make known that they want requests, and that they want no more. */
public interface FlowTable {

    /** @throws IllegalArgumentException if another flow has the same address */
    void add(InetSocketAddress listener, FlowHandler flow);

    void remove(InetSocketAddress listener, FlowHandler flow);

    /** A request has found one of the flows. */
    void claimed();

    /** A request that has found one of the flows has ended. */
    void released();
}
