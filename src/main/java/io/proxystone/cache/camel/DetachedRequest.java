package io.proxystone.cache.camel;

import io.proxystone.edge.loop.Loop;
import io.proxystone.edge.message.Body;
import io.proxystone.edge.message.Client;
import io.proxystone.edge.message.InboundRequest;
import io.proxystone.edge.message.PathMatch;
import io.proxystone.http.FieldName;
import io.proxystone.http.Fields;
import io.proxystone.http.HttpVersion;
import io.proxystone.http.Method;
import io.proxystone.http.RequestHead;
import io.proxystone.http.RequestTarget;
import io.proxystone.http.TrustedProxies;
import io.proxystone.traffic.CacheOutcome;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.SynchronizationAdapter;
import org.jspecify.annotations.Nullable;

/** What stands in for a client's request where a timer, a file or another source of work asks a cache. */
final class DetachedRequest implements InboundRequest {
    private static final Client ITSELF =
            Client.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), TrustedProxies.NONE, "http", 0);
    private static final RequestTarget ROOT = new RequestTarget(RequestTarget.Form.ORIGIN, null, "/", null, "/");

    private final Exchange exchange;
    private final Loop loop;
    private final RequestHead head;
    private final String authority;

    DetachedRequest(Exchange exchange, Message message, Loop loop) {
        this.exchange = exchange;
        this.loop = loop;
        this.head = new RequestHead(Method.GET, ROOT, HttpVersion.HTTP_1_1, Fields.EMPTY);
        String host = message.getHeader(FieldName.HOST.text(), String.class);
        this.authority = host == null ? "" : host;
    }

    @Override
    public RequestHead head() {
        return head;
    }

    @Override
    public @Nullable Body body() {
        return null;
    }

    @Override
    public Client client() {
        return ITSELF;
    }

    @Override
    public String authority() {
        return authority;
    }

    @Override
    public PathMatch match() {
        return PathMatch.ROOT;
    }

    @Override
    public String forwardPath() {
        return head.target().rawPath();
    }

    @Override
    public String requestId() {
        return "";
    }

    @Override
    public @Nullable String traceParent() {
        return null;
    }

    @Override
    public Loop loop() {
        return loop;
    }

    @Override
    public void respondInterim(int status, Fields fields) {
        // Nobody waits for it.
    }

    @Override
    public void upstreamAnswered(String name, long nanos) {
        // There is no record of it.
    }

    @Override
    public void cacheAnswered(CacheOutcome outcome) {
        // There is no record of it.
    }

    @Override
    public void onAbort(Runnable action) {
        // It does not go away before its answer.
    }

    @Override
    public void removeOnAbort(Runnable action) {
        // It does not go away before its answer.
    }

    @Override
    public void onEnd(Runnable action) {
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                action.run();
            }
        });
    }
}
