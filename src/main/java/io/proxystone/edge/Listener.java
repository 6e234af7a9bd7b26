package io.proxystone.edge;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.proxystone.edge.loop.EventLoops;
import io.proxystone.traffic.RequestObserver;
import io.proxystone.traffic.RequestRecord;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** A bound address: accepts connections and lets each find the flows that listen here now. */
public final class Listener {
    private static final int BACKLOG = 1024;
    /** The most connections beyond the limit that get an answer at the same time. */
    private static final int MAX_REFUSING = 256;

    private final EventLoops loops;
    private final InetSocketAddress address;
    private final RequestObserver observer;
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicInteger refusing = new AtomicInteger();
    private final LongAdder started = new LongAdder();
    private final LongAdder ended = new LongAdder();

    private volatile ListenerSettings settings;
    private volatile Router router = Router.EMPTY;
    private volatile boolean draining;
    private final Channel server;

    /**
     * Binds the address.
     *
     * @throws java.net.BindException if it is taken or not of this machine
     */
    public Listener(
            EventLoops loops,
            InetSocketAddress address,
            ListenerSettings settings,
            RequestObserver observer,
            Router router)
            throws Exception {
        this.loops = loops;
        this.address = address;
        this.settings = settings;
        this.observer = observer;
        this.router = router;
        this.server = new ServerBootstrap()
                .group(loops.group())
                .channel(loops.serverChannel())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accept(channel);
                    }
                })
                .bind(address)
                .sync()
                .channel();
    }

    private void accept(Channel channel) {
        if (connections.size() >= settings.limits().connections()) {
            refused.incrementAndGet();
            if (refusing.get() < MAX_REFUSING) {
                channel.pipeline().addLast(new RefusedConnection(refusing));
            } else {
                channel.close();
            }
            return;
        }
        accepted.incrementAndGet();
        connections.add(channel);
        channel.pipeline().addLast(new ServerConnection(this, channel, loops.of(channel)));
    }

    /** The address it was to bind; the port may be 0 for any. */
    public InetSocketAddress address() {
        return address;
    }

    /** The port it is bound to. */
    public int port() {
        return ((InetSocketAddress) server.localAddress()).getPort();
    }

    public String scheme() {
        return "http";
    }

    public ListenerSettings settings() {
        return settings;
    }

    /** Has connections accepted from now on treated by these settings. */
    public void use(ListenerSettings newSettings) {
        settings = newSettings;
    }

    public Router router() {
        return router;
    }

    /** Has requests that arrive from now on find these flows. */
    public void use(Router newRouter) {
        router = newRouter;
    }

    void requestStarted() {
        started.increment();
    }

    void requestEnded(RequestRecord request) {
        ended.increment();
        observer.requestEnded(request);
    }

    /** A request that was refused before it could start has ended. */
    void requestRefused(RequestRecord request) {
        observer.requestEnded(request);
    }

    /** The requests being answered now, the last octets of their answers included. */
    public long requestsInFlight() {
        long before = ended.sum();
        return Math.max(0, started.sum() - before);
    }

    /** The connections open now. */
    public int connections() {
        return connections.size();
    }

    /** The connections accepted so far. */
    public long accepted() {
        return accepted.get();
    }

    /** The connections refused so far because there were too many. */
    public long refused() {
        return refused.get();
    }

    boolean isDraining() {
        return draining;
    }

    /** Has every connection close after the answer it is at, or after its next one if it waits for a request. */
    public void drain() {
        draining = true;
    }

    /** Accepts no more connections and closes those that wait for a request. Those with one go on. */
    public void close() {
        draining = true;
        server.close().awaitUninterruptibly();
        for (Channel channel : connections) {
            channel.eventLoop().execute(() -> {
                ServerConnection connection = channel.pipeline().get(ServerConnection.class);
                if (connection != null) {
                    connection.drain();
                }
            });
        }
    }

    /** Waits until all connections have closed, then cuts those that are left. */
    public void awaitConnections(long timeout, TimeUnit unit) throws InterruptedException {
        long deadline = System.nanoTime() + unit.toNanos(timeout);
        while (!connections.isEmpty() && System.nanoTime() - deadline < 0) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        connections.close().await();
    }
}
