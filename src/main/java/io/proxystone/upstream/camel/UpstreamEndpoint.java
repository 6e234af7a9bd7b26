package io.proxystone.upstream.camel;

import io.proxystone.edge.loop.Loop;
import io.proxystone.edge.message.Bodies;
import io.proxystone.edge.message.BodyMode;
import io.proxystone.edge.message.InboundRequest;
import io.proxystone.upstream.netty.UpstreamClient;
import org.apache.camel.AsyncEndpoint;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;
import org.jspecify.annotations.Nullable;

/** Have an origin answer: the message is replaced by its response. */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "upstream",
        title = "Upstream",
        syntax = "upstream:name",
        producerOnly = true,
        remote = true,
        category = {Category.HTTP})
public final class UpstreamEndpoint extends DefaultEndpoint implements AsyncEndpoint {
    @UriPath(description = "The upstream, by its name under upstreams: in proxy-stone.yaml.")
    @Metadata(required = true)
    private final String name;

    @UriParam(
            defaultValue = "auto",
            enums = "auto,buffer,stream",
            description =
                    "Whether the response's content waits in memory until it is whole. auto has small content of known"
                            + " length wait and the rest stream; buffer has all content wait, so that steps can convert it,"
                            + " and fails for content over the upstream's response-buffer; stream has none wait.")
    private BodyMode bodies = BodyMode.AUTO;

    @UriParam(
            description =
                    "Statuses of responses that are failures, so that circuitBreaker, doTry and onException see them:"
                            + " a list of statuses, ranges and classes such as 429,500-503,5xx. Without it every response is an"
                            + " answer.")
    private String failOn = "";

    private final UpstreamClient client;
    private final Bodies converter;
    private StatusSet failures = StatusSet.parse("");

    UpstreamEndpoint(String uri, UpstreamComponent component, String name, UpstreamClient client, Bodies converter) {
        super(uri, component);
        this.name = name;
        this.client = client;
        this.converter = converter;
    }

    public String getName() {
        return name;
    }

    public BodyMode getBodies() {
        return bodies;
    }

    public void setBodies(BodyMode bodies) {
        this.bodies = bodies;
    }

    public String getFailOn() {
        return failOn;
    }

    public void setFailOn(String failOn) {
        this.failOn = failOn;
    }

    /** @throws IllegalArgumentException if an option has a value of the wrong form; the message starts with its name */
    void configured() {
        failures = StatusSet.parse(failOn);
    }

    UpstreamClient client() {
        return client;
    }

    /** The loop a request is sent from. */
    Loop loopFor(@Nullable InboundRequest inbound) {
        return client.loopFor(inbound);
    }

    Bodies bodies() {
        return converter;
    }

    BodyMode mode() {
        return bodies;
    }

    StatusSet failOn() {
        return failures;
    }

    @Override
    public Producer createProducer() {
        return new UpstreamProducer(this);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException(
                "A flow cannot start with upstream:, which sends requests and takes none");
    }
}
