package io.proxystone.edge.camel;

import io.proxystone.edge.message.Bodies;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.component.netty.http.HttpServerBootstrapFactory;
import org.apache.camel.component.netty.http.NettyHttpComponent;
import org.apache.camel.component.netty.http.NettyHttpConsumer;
import org.apache.camel.component.netty.http.NettyHttpEndpoint;
import org.apache.camel.spi.annotations.Component;

/**
 * Camel's {@code netty-http} with the gateway's listener behind its consumers. Producers are Camel's own.
 */
@Component("netty-http")
public final class GatewayHttpComponent extends NettyHttpComponent {
    private final FlowTable flows;
    private final Bodies bodies;

    public GatewayHttpComponent(FlowTable flows, Bodies bodies) {
        this.flows = flows;
        this.bodies = bodies;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        // Camel would take what it does not know for the query of a producer.
        Map<String, Object> own = new HashMap<>();
        for (String name : GatewayHttpEndpoint.OWN_PARAMETERS) {
            Object value = parameters.remove(name);
            if (value != null) {
                own.put(name, value);
            }
        }
        NettyHttpEndpoint stock = (NettyHttpEndpoint) super.createEndpoint(uri, remaining, parameters);
        GatewayHttpEndpoint endpoint = new GatewayHttpEndpoint(stock, this, bodies, parameters);
        setProperties(endpoint, own);
        setProperties(endpoint, parameters);
        endpoint.configured();
        return endpoint;
    }

    /** Camel's endpoint is only what ours is made of; ours takes the parameters. */
    @Override
    protected void setProperties(Endpoint endpoint, Map<String, Object> parameters) throws Exception {
        if (endpoint instanceof GatewayHttpEndpoint) {
            super.setProperties(endpoint, parameters);
        }
    }

    @Override
    protected HttpServerBootstrapFactory getOrCreateHttpNettyServerBootstrapFactory(NettyHttpConsumer consumer) {
        return new ListenerBootstrap(flows);
    }
}
