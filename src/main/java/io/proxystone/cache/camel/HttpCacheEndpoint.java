package io.proxystone.cache.camel;

import io.proxystone.cache.serving.HttpCache;
import java.util.Objects;
import org.apache.camel.AsyncEndpoint;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;
import org.jspecify.annotations.Nullable;

/** Answer requests out of a cache by RFC 9111, and have another endpoint answer what it lacks. */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "http-cache",
        title = "HTTP Cache",
        syntax = "http-cache:name",
        producerOnly = true,
        remote = false,
        category = {Category.CACHE, Category.HTTP})
public final class HttpCacheEndpoint extends DefaultEndpoint implements AsyncEndpoint {
    @UriPath(description = "The cache, by its name under caches: in proxy-stone.yaml. default is always there.")
    @Metadata(required = true)
    private final String name;

    @UriParam(
            description =
                    "The endpoint that answers what the cache does not have: an upstream, or any route by direct. Its answer"
                            + " is stored if it may be.")
    @Metadata(required = true)
    private String origin = "";

    private final HttpCache cache;
    private @Nullable Endpoint originEndpoint;

    HttpCacheEndpoint(String uri, HttpCacheComponent component, String name, HttpCache cache) {
        super(uri, component);
        this.name = name;
        this.cache = cache;
    }

    public String getName() {
        return name;
    }

    public String getOrigin() {
        return origin;
    }

    public void setOrigin(String origin) {
        this.origin = origin;
    }

    /**
     * Finds the origin.
     *
     * @throws IllegalArgumentException if an option is missing; the message starts with its name
     */
    void configured() {
        if (origin.isBlank()) {
            throw new IllegalArgumentException(
                    "origin: is missing; allowed is an endpoint, such as direct:catalog-origin or upstream:catalog");
        }
        originEndpoint = getCamelContext().getEndpoint(origin);
    }

    Endpoint originEndpoint() {
        return Objects.requireNonNull(originEndpoint, "configured");
    }

    HttpCache cache() {
        return cache;
    }

    @Override
    public boolean isRemote() {
        return false;
    }

    @Override
    public HttpCacheComponent getComponent() {
        return (HttpCacheComponent) super.getComponent();
    }

    @Override
    public Producer createProducer() {
        return new HttpCacheProducer(this);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException("A flow cannot start with http-cache:, which answers requests");
    }
}
