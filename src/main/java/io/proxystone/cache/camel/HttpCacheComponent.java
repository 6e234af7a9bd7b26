package io.proxystone.cache.camel;

import io.proxystone.edge.loop.EventLoops;
import io.proxystone.edge.message.Bodies;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;

/** Answers requests out of the caches configured under {@code caches:}. */
@Component("http-cache")
public final class HttpCacheComponent extends DefaultComponent {
    private final HttpCaches caches;
    private final Bodies bodies;
    private final EventLoops loops;

    public HttpCacheComponent(HttpCaches caches, Bodies bodies, EventLoops loops) {
        this.caches = caches;
        this.bodies = bodies;
        this.loops = loops;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String name, Map<String, Object> parameters) throws Exception {
        HttpCacheEndpoint endpoint = new HttpCacheEndpoint(uri, this, name, caches.get(name));
        setProperties(endpoint, parameters);
        endpoint.configured();
        return endpoint;
    }

    Bodies bodies() {
        return bodies;
    }

    EventLoops loops() {
        return loops;
    }
}
