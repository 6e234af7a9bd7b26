package io.proxystone.edge.camel;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.component.netty.NettyConsumer;
import org.apache.camel.component.netty.http.HttpServerBootstrapFactory;
import org.apache.camel.component.netty.http.NettyHttpConsumer;

/** What Camel takes for the server of its consumers: starting one announces its flow, stopping it takes the flow back. */
final class ListenerBootstrap extends HttpServerBootstrapFactory {
    private final FlowTable flows;
    private final Map<NettyConsumer, CamelFlow> running = new ConcurrentHashMap<>();

    @SuppressWarnings("NullAway") // Camel's own way to dispatch, which nothing here uses
    ListenerBootstrap(FlowTable flows) {
        super(null, false);
        this.flows = flows;
    }

    @Override
    public void addConsumer(NettyConsumer consumer) {
        CamelFlow flow = new CamelFlow((NettyHttpConsumer) consumer, flows);
        flows.add(flow.endpoint().listenerAddress(), flow);
        running.put(consumer, flow);
    }

    @Override
    public void removeConsumer(NettyConsumer consumer) {
        CamelFlow flow = running.remove(consumer);
        if (flow != null) {
            flows.remove(flow.endpoint().listenerAddress(), flow);
        }
    }

    @Override
    protected void doStart() {
        // The listener belongs to the process.
    }

    @Override
    public void stop() {
        // The port stays bound when a flow stops.
    }
}
