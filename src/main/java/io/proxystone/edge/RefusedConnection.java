package io.proxystone.edge;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import io.proxystone.http.ProblemType;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A connection beyond the listener's limit: gets 503, and a moment to read it before the connection is gone, whatever it
 * has sent (RFC 9112 §9.6).
 */
final class RefusedConnection extends ChannelInboundHandlerAdapter {
    private static final long LINGER_MILLIS = 1000;

    private final AtomicInteger open;

    /** @param open counts the connections that are being refused */
    RefusedConnection(AtomicInteger open) {
        this.open = open;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        open.incrementAndGet();
        Channel channel = context.channel();
        channel.closeFuture().addListener(closed -> open.decrementAndGet());
        channel.writeAndFlush(PlainResponses.problem(
                        channel.alloc(),
                        ProblemType.UNAVAILABLE,
                        "The listener has no room for another connection",
                        true))
                .addListener(written -> ((DuplexChannel) channel).shutdownOutput());
        channel.eventLoop().schedule(() -> channel.close(), LINGER_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ReferenceCountUtil.release(message);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            context.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
