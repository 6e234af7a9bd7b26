package io.proxystone.upstream.camel;

import io.proxystone.edge.loop.Loop;
import io.proxystone.edge.message.Bodies;
import io.proxystone.edge.message.BodyMode;
import io.proxystone.edge.message.InboundRequest;
import io.proxystone.upstream.netty.UpstreamClient;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.support.DefaultEndpoint;
import org.jspecify.annotations.Nullable;

/** Has an origin answer: the message is replaced by its response. */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "upstream",
        title = "Upstream",
        syntax = "upstream:name",
        producerOnly = true,
        category = {Category.HTTP})
public final class UpstreamEndpoint extends DefaultEndpoint {
    private final UpstreamClient client;
    private final Bodies bodies;
    private final BodyMode mode;
    private final StatusSet failOn;

    UpstreamEndpoint(
            String uri,
            UpstreamComponent component,
            UpstreamClient client,
            Bodies bodies,
            BodyMode mode,
            StatusSet failOn) {
        super(uri, component);
        this.client = client;
        this.bodies = bodies;
        this.mode = mode;
        this.failOn = failOn;
    }

    UpstreamClient client() {
        return client;
    }

    /** The loop a request is sent from. */
    Loop loopFor(@Nullable InboundRequest inbound) {
        return client.loopFor(inbound);
    }

    Bodies bodies() {
        return bodies;
    }

    BodyMode mode() {
        return mode;
    }

    StatusSet failOn() {
        return failOn;
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
