package io.proxystone.cache.camel;

import io.proxystone.cache.serving.Fetch;
import io.proxystone.edge.loop.Loop;
import io.proxystone.edge.message.Body;
import io.proxystone.edge.message.Client;
import io.proxystone.edge.message.InboundRequest;
import io.proxystone.edge.message.PathMatch;
import io.proxystone.http.Fields;
import io.proxystone.http.RequestHead;
import io.proxystone.traffic.CacheOutcome;
import org.jspecify.annotations.Nullable;

/** A client's request as a cache passes it on: with fields of the cache's choice, and a life of its own. */
final class FetchedRequest implements InboundRequest {
    private final InboundRequest client;
    private final RequestHead head;
    private final @Nullable Body body;
    private final Fetch fetch;

    FetchedRequest(CachedRequest request, Fields fields, @Nullable Body body, Fetch fetch) {
        this.client = request.inbound();
        RequestHead original = client.head();
        this.head = new RequestHead(request.method(), original.target(), original.version(), fields);
        this.body = body;
        this.fetch = fetch;
    }

    @Override
    public RequestHead head() {
        return head;
    }

    @Override
    public @Nullable Body body() {
        return body;
    }

    @Override
    public Client client() {
        return client.client();
    }

    @Override
    public String authority() {
        return client.authority();
    }

    @Override
    public PathMatch match() {
        return client.match();
    }

    @Override
    public String forwardPath() {
        return client.forwardPath();
    }

    @Override
    public String requestId() {
        return client.requestId();
    }

    @Override
    public @Nullable String traceParent() {
        return client.traceParent();
    }

    @Override
    public Loop loop() {
        return fetch.loop();
    }

    @Override
    public void respondInterim(int status, Fields fields) {
        client.respondInterim(status, fields);
    }

    @Override
    public void upstreamAnswered(String name, long nanos) {
        client.upstreamAnswered(name, nanos);
    }

    @Override
    public void cacheAnswered(CacheOutcome outcome) {
        // What another cache behind this one did is not what this one did.
    }

    @Override
    public void onAbort(Runnable action) {
        fetch.onAbort(action);
    }

    @Override
    public void removeOnAbort(Runnable action) {
        fetch.removeOnAbort(action);
    }

    @Override
    public void onEnd(Runnable action) {
        fetch.onEnd(action);
    }
}
