package io.proxystone.upstream.camel;

import io.proxystone.edge.message.Bodies;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;

/** Sends requests to the origins configured under {@code upstreams:}. */
@Component("upstream")
public final class UpstreamComponent extends DefaultComponent {
    private final Upstreams upstreams;
    private final Bodies bodies;

    public UpstreamComponent(Upstreams upstreams, Bodies bodies) {
        this.upstreams = upstreams;
        this.bodies = bodies;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String name, Map<String, Object> parameters) throws Exception {
        UpstreamEndpoint endpoint = new UpstreamEndpoint(uri, this, name, upstreams.get(name), bodies);
        setProperties(endpoint, parameters);
        endpoint.configured();
        return endpoint;
    }
}
