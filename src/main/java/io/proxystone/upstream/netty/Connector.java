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
import io.proxystone.edge.loop.EventLoops;
import io.proxystone.edge.loop.Loop;
import io.proxystone.upstream.Target;
import io.proxystone.upstream.UpstreamException.Reason;
import io.proxystone.upstream.UpstreamSettings;
import java.net.InetSocketAddress;
import java.util.Iterator;
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
        Future<List<InetSocketAddress>> addresses = names.resolve(target.host(), target.port(), loop.executor());
        if (addresses.isSuccess()) {
            tryNext(loop, addresses.getNow().iterator(), result, null);
            return;
        }
        addresses.addListener((Future<List<InetSocketAddress>> resolved) -> {
            if (resolved.isSuccess()) {
                tryNext(loop, resolved.getNow().iterator(), result, null);
            } else {
                result.failed(Reason.NAME_NOT_RESOLVED, target.host());
            }
        });
    }

    private void tryNext(Loop loop, Iterator<InetSocketAddress> addresses, Result result, @Nullable Throwable last) {
        if (!addresses.hasNext()) {
            boolean timeout = last instanceof ConnectTimeoutException;
            String cause = last == null ? "it has no address" : String.valueOf(last.getMessage());
            result.failed(timeout ? Reason.CONNECT_TIMEOUT : Reason.CONNECT_FAILED, target.authority() + ": " + cause);
            return;
        }
        ChannelFuture connecting = bootstrap(loop).connect(addresses.next());
        connecting.addListener((ChannelFuture connected) -> {
            if (!connected.isSuccess()) {
                tryNext(loop, addresses, result, connected.cause());
            } else if (tls == null) {
                result.connected(connected.channel());
            } else {
                awaitHandshake(connected.channel(), result);
            }
        });
    }

    private Bootstrap bootstrap(Loop loop) {
        return new Bootstrap()
                .group((EventLoop) loop.executor())
                .channel(loops.clientChannel())
                .resolver(NoopAddressResolverGroup.INSTANCE)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        settings.timeouts().connect().toMillis())
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (tls != null) {
                            channel.pipeline().addLast(tlsHandler(tls, channel));
                        }
                    }
                });
    }

    private SslHandler tlsHandler(SslContext context, Channel channel) {
        String serverName = settings.tls().serverName();
        SslHandler handler =
                context.newHandler(channel.alloc(), serverName == null ? target.host() : serverName, target.port());
        handler.setHandshakeTimeoutMillis(settings.timeouts().connect().toMillis());
        return handler;
    }

    private void awaitHandshake(Channel channel, Result result) {
        channel.pipeline().get(SslHandler.class).handshakeFuture().addListener(handshake -> {
            if (handshake.isSuccess()) {
                result.connected(channel);
            } else {
                channel.close();
                result.failed(
                        Reason.TLS_FAILED, String.valueOf(handshake.cause().getMessage()));
            }
        });
    }
}
