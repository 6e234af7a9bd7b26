package io.proxystone.upstream.netty;

import io.netty.handler.ssl.SslContext;
import io.proxystone.edge.loop.EventLoops;
import io.proxystone.edge.loop.Loop;
import io.proxystone.edge.message.InboundRequest;
import io.proxystone.upstream.UpstreamSettings;
import io.proxystone.upstream.UpstreamStatistics;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/** Sends requests to one upstream, each on the loop its client's connection lives on. */
public final class UpstreamClient implements AutoCloseable {
    private final String name;
    private final UpstreamSettings settings;
    private final EventLoops loops;
    private final Connector connector;
    private final UpstreamStatistics statistics = new UpstreamStatistics();
    private final IdentityHashMap<Loop, ConnectionPool> pools = new IdentityHashMap<>();
    private volatile boolean closed;

    /** @throws IllegalArgumentException if the TLS settings cannot be used */
    public UpstreamClient(String name, UpstreamSettings settings, EventLoops loops, Names names) {
        this.name = name;
        this.settings = settings;
        this.loops = loops;
        @Nullable SslContext tls = settings.target().tls() ? TlsContexts.create(settings.tls()) : null;
        this.connector = new Connector(loops, names, settings, tls);
        Permits permits = new Permits(settings.pool().maxConnections());
        for (Loop loop : loops.all()) {
            pools.put(loop, new ConnectionPool(this, loop, settings.pool(), permits));
        }
    }

    public String name() {
        return name;
    }

    public UpstreamSettings settings() {
        return settings;
    }

    public UpstreamStatistics statistics() {
        return statistics;
    }

    Connector connector() {
        return connector;
    }

    /** Sends a request. From any thread. */
    public void send(UpstreamRequest request, ResponseHandler handler) {
        Loop loop = loopFor(request.inbound());
        loop.execute(() -> new UpstreamCall(this, pool(loop), request, handler).start());
    }

    /** The loop a request is sent from: the one of the client's connection, or any if there is none. */
    public Loop loopFor(@Nullable InboundRequest inbound) {
        return inbound == null ? loops.currentOrNext() : inbound.loop();
    }

    private ConnectionPool pool(Loop loop) {
        ConnectionPool pool = pools.get(loop);
        if (pool == null) {
            throw new IllegalStateException("No pool for the loop");
        }
        return pool;
    }

    /** Has the loop that has most idle connections give up one for a request that waits on another. */
    void reclaimIdle(ConnectionPool waiting) {
        ConnectionPool most = waiting;
        for (ConnectionPool pool : pools.values()) {
            if (pool.idleConnections() > most.idleConnections()) {
                most = pool;
            }
        }
        if (most != waiting) {
            most.yieldIdle();
        }
    }

    /** Whether {@link #close} has been called. */
    boolean isClosed() {
        return closed;
    }

    /** Closes the connections that wait. Requests under way go on, and their connections close after them. */
    @Override
    public void close() {
        closed = true;
        pools.forEach((loop, pool) -> loop.execute(pool::close));
    }
}
