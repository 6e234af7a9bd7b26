package io.proxystone.upstream.camel;

import io.proxystone.edge.message.Bodies;
import io.proxystone.edge.message.BodyMode;
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
    protected Endpoint createEndpoint(String uri, String name, Map<String, Object> parameters) {
        BodyMode mode = BodyMode.parse(getAndRemoveParameter(parameters, "bodies", String.class, "auto"));
        String failOn = getAndRemoveParameter(parameters, "failOn", String.class, "");
        return new UpstreamEndpoint(uri, this, upstreams.get(name), bodies, mode, StatusSet.parse(failOn));
    }
}
