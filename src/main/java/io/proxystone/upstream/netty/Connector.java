package io.proxystone.upstream.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.resolver.NoopAddressResolverGroup;
import io.netty.util.concurrent.Future;
import io.proxystone.edge.loop.Deadline;
import io.proxystone.edge.loop.EventLoops;
import io.proxystone.edge.loop.Loop;
import io.proxystone.upstream.Target;
import io.proxystone.upstream.UpstreamException.Reason;
import io.proxystone.upstream.UpstreamSettings;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens connections to a target: resolves its name, tries its addresses in turn, agrees on TLS. */
final class Connector {

    /** Hears once how it went, on the loop. */
    interface Result {
        void connected(Channel channel);

        void failed(Reason reason, String detail);
    }

    private final EventLoops loops;
    private final Names names;
    private final Target target;
    private final UpstreamSettings settings;
    private final @Nullable SslContext tls;

    Connector(EventLoops loops, Names names, UpstreamSettings settings, @Nullable SslContext tls) {
        this.loops = loops;
        this.names = names;
        this.target = settings.target();
        this.settings = settings;
        this.tls = tls;
    }

    void connect(Loop loop, Result result) {
        new Attempt(loop, result).start();
    }

    /** One connection on its way, within the time for all of it: name, addresses, TLS. */
    private final class Attempt {
        private final Loop loop;
        private final Result result;
        private final Deadline deadline;
        private final long startNanos = System.nanoTime();
        private @Nullable Channel channel;
        private boolean over;

        Attempt(Loop loop, Result result) {
            this.loop = loop;
            this.result = result;
            this.deadline = new Deadline(loop.deadlines(), () -> fail(Reason.CONNECT_TIMEOUT, target.authority()));
        }

        void start() {
            deadline.in(settings.timeouts().connect());
            Future<List<InetSocketAddress>> addresses = names.resolve(target.host(), target.port(), loop.executor());
            if (addresses.isSuccess()) {
                tryAddress(addresses.getNow(), 0);
                return;
            }
            addresses.addListener((Future<List<InetSocketAddress>> resolved) -> {
                if (resolved.isSuccess()) {
                    tryAddress(resolved.getNow(), 0);
                } else {
                    fail(Reason.NAME_NOT_RESOLVED, target.host());
                }
            });
        }

        private void tryAddress(List<InetSocketAddress> addresses, int index) {
            if (over) {
                return;
            }
            ChannelFuture connecting = bootstrap(addresses.size() - index).connect(addresses.get(index));
            channel = connecting.channel();
            connecting.addListener((ChannelFuture connected) -> {
                if (connected.isSuccess()) {
                    connected(connected.channel());
                } else if (index + 1 < addresses.size()) {
                    tryAddress(addresses, index + 1);
                } else {
                    boolean timeout = connected.cause() instanceof ConnectTimeoutException;
                    fail(
                            timeout ? Reason.CONNECT_TIMEOUT : Reason.CONNECT_FAILED,
                            target.authority() + ": " + connected.cause().getMessage());
                }
            });
        }

        /** @param addressesLeft the addresses to share the time that is left */
        private Bootstrap bootstrap(int addressesLeft) {
            return new Bootstrap()
                    .group((EventLoop) loop.executor())
                    .channel(loops.clientChannel())
                    .resolver(NoopAddressResolverGroup.INSTANCE)
                    .option(ChannelOption.TCP_NODELAY, true)
                    // A failed write must not take away an answer that has arrived.
                    .option(ChannelOption.AUTO_CLOSE, false)
                    .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, millisFor(addressesLeft))
                    .handler(new ChannelInitializer<Channel>() {
                        @Override
                        protected void initChannel(Channel made) {
                            if (tls != null) {
                                made.pipeline().addLast(tlsHandler(tls, made));
                            }
                        }
                    });
        }

        /** An address's share of the time; 0, which means without limit, for the last one, which the deadline ends. */
        private int millisFor(int addressesLeft) {
            Duration time = settings.timeouts().connect();
            if (time.isZero() || addressesLeft == 1) {
                return 0;
            }
            long left = time.minusNanos(System.nanoTime() - startNanos).toMillis() / addressesLeft;
            return (int) Math.max(1, left);
        }

        private void connected(Channel made) {
            if (tls == null) {
                succeed(made);
                return;
            }
            made.pipeline().get(SslHandler.class).handshakeFuture().addListener(handshake -> {
                if (handshake.isSuccess()) {
                    succeed(made);
                } else {
                    fail(Reason.TLS_FAILED, String.valueOf(handshake.cause().getMessage()));
                }
            });
        }

        private void succeed(Channel made) {
            if (over) {
                made.close();
                return;
            }
            over = true;
            deadline.close();
            result.connected(made);
        }

        private void fail(Reason reason, String detail) {
            if (over) {
                return;
            }
            over = true;
            deadline.close();
            if (channel != null) {
                channel.close();
            }
            result.failed(reason, detail);
        }
    }

    private SslHandler tlsHandler(SslContext context, Channel channel) {
        String serverName = settings.tls().serverName();
        SslHandler handler =
                context.newHandler(channel.alloc(), serverName == null ? target.host() : serverName, target.port());
        // The deadline of the attempt covers it.
        handler.setHandshakeTimeoutMillis(0);
        return handler;
    }
}
