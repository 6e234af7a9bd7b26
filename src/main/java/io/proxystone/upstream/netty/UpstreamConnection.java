package io.proxystone.upstream.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.proxystone.edge.loop.Deadline;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A connection to an origin: waits in its pool, or carries one call at a time. */
final class UpstreamConnection extends ChannelInboundHandlerAdapter {
    private static final int TCP_ESTABLISHED = 1;

    private final Channel channel;
    private final ConnectionPool pool;
    private final UpstreamClient client;
    private final Deadline deadline;
    private @Nullable UpstreamCall call;
    private boolean broken;
    private boolean ended;

    private UpstreamConnection(Channel channel, ConnectionPool pool, UpstreamClient client) {
        this.channel = channel;
        this.pool = pool;
        this.client = client;
        this.deadline = new Deadline(pool.loop().deadlines(), this::timedOut);
    }

    /** Takes over a connected channel. */
    static UpstreamConnection on(Channel channel, ConnectionPool pool, UpstreamClient client) {
        UpstreamConnection connection = new UpstreamConnection(channel, pool, client);
        channel.pipeline().addLast(connection);
        if (!channel.isActive()) {
            connection.end();
        }
        return connection;
    }

    Channel channel() {
        return channel;
    }

    /** Whether a call can start on it. */
    boolean isUsable() {
        return !ended && !broken && channel.isActive();
    }

    /** Whether the kernel has not heard yet that the origin closed it; the loop may hear so later. */
    boolean isOpenAtPeer() {
        try {
            return !(channel instanceof EpollSocketChannel socket)
                    || socket.tcpInfo().state() == TCP_ESTABLISHED;
        } catch (ChannelException e) {
            return false;
        }
    }

    /** Starts a call; {@code reused} tells whether the connection has waited for it. */
    void start(UpstreamCall next, boolean reused) {
        deadline.clear();
        call = next;
        next.startOn(this, reused);
    }

    /** Sets how long the origin has for what it is to do now. */
    void expectWithin(Duration time) {
        deadline.in(time);
    }

    /** Expects nothing from the origin for now. */
    void expectNothing() {
        deadline.clear();
    }

    /** Waits for a next call, at most as long as this. */
    void await(Duration idleTime) {
        deadline.in(idleTime);
    }

    /** Ends the call at hand; the connection can be used for another one, or cannot. */
    void free(boolean reusable) {
        call = null;
        deadline.clear();
        if (reusable && isUsable() && !client.isClosed()) {
            setReading(true);
            pool.release(this);
        } else {
            close();
        }
    }

    boolean isReading() {
        return channel.config().isAutoRead();
    }

    void setReading(boolean wanted) {
        if (channel.config().isAutoRead() != wanted) {
            channel.config().setAutoRead(wanted);
        }
    }

    void close() {
        channel.close();
    }

    private void timedOut() {
        if (call == null) {
            close();
        } else {
            call.timedOut();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        try {
            if (call != null) {
                call.read(in);
            } else {
                // Nothing was asked: whatever this is, it must not be taken for the next response.
                close();
            }
        } finally {
            in.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (call != null) {
            call.readComplete();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (call != null) {
            call.writabilityChanged();
        }
    }

    /** TLS tells here whether the origin ended the session or somebody else the connection (RFC 9112 §9.8). */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslCloseCompletionEvent end) {
            broken |= !end.isSuccess();
            close();
        }
    }

    /**
     * Reading or writing failed. After a failed read the channel closes by itself; after a failed write there may be an
     * answer to read.
     */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        broken = true;
        if (call != null && cause instanceof IOException) {
            call.sendingFailed();
        } else {
            close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        end();
    }

    private void end() {
        if (ended) {
            return;
        }
        ended = true;
        deadline.close();
        pool.ended(this);
        UpstreamCall interrupted = call;
        call = null;
        if (interrupted != null) {
            interrupted.connectionEnded(broken);
        }
    }
}
