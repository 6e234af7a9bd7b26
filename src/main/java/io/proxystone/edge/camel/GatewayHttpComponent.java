package io.proxystone.edge.camel;

import io.proxystone.edge.message.Bodies;
import io.proxystone.edge.message.BodyMode;
import io.proxystone.http.ByteSize;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.component.netty.http.HttpServerBootstrapFactory;
import org.apache.camel.component.netty.http.NettyHttpComponent;
import org.apache.camel.component.netty.http.NettyHttpConsumer;
import org.apache.camel.component.netty.http.NettyHttpEndpoint;

/**
 * Camel's {@code netty-http} with the gateway's listener behind its consumers. Producers are Camel's own.
 */
public final class GatewayHttpComponent extends NettyHttpComponent {
    private final FlowTable flows;
    private final Bodies bodies;

    public GatewayHttpComponent(FlowTable flows, Bodies bodies) {
        this.flows = flows;
        this.bodies = bodies;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        FlowParameters own = new FlowParameters(
                getAndRemoveParameter(parameters, "hosts", String.class, ""),
                getAndRemoveParameter(parameters, "stripPrefix", boolean.class, false),
                BodyMode.parse(getAndRemoveParameter(parameters, "bodies", String.class, "auto")),
                maxBody(getAndRemoveParameter(parameters, "maxBodySize", String.class, "")));
        NettyHttpEndpoint stock = (NettyHttpEndpoint) super.createEndpoint(uri, remaining, parameters);
        return new GatewayHttpEndpoint(stock, this, own, bodies, parameters);
    }

    private static long maxBody(String size) {
        try {
            return size.isEmpty() ? Long.MAX_VALUE : ByteSize.parse(size);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new IllegalArgumentException("maxBodySize: " + e.getMessage(), e);
        }
    }

    @Override
    protected HttpServerBootstrapFactory getOrCreateHttpNettyServerBootstrapFactory(NettyHttpConsumer consumer) {
        return new ListenerBootstrap(flows);
    }
}
