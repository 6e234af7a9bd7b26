package io.proxystone.upstream.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.proxystone.edge.loop.Deadline;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A connection to an origin: waits in its pool, or carries one call at a time. */
final class UpstreamConnection extends ChannelInboundHandlerAdapter {
    private final Channel channel;
    private final ConnectionPool pool;
    private final UpstreamClient client;
    private final Deadline deadline;
    private @Nullable UpstreamCall call;
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

    /** Starts a call; {@code reused} tells whether the connection has waited for it. */
    void start(UpstreamCall next, boolean reused) {
        if (ended) {
            next.connectionEnded(reused);
            return;
        }
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
        if (reusable && !ended && channel.isActive() && !client.isClosed()) {
            setReading(true);
            pool.release(this);
        } else {
            close();
        }
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

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        close();
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
            interrupted.connectionEnded();
        }
    }
}
