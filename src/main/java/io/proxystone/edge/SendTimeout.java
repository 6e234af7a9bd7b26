package io.proxystone.edge;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.proxystone.edge.loop.Deadline;
import io.proxystone.edge.loop.Loop;
import java.time.Duration;

/** Cuts a client that for too long takes nothing of what waits for it. One that takes a little gets more time. */
final class SendTimeout {
    private final Channel channel;
    private final Duration timeout;
    private final Deadline deadline;
    private long pendingBefore;

    SendTimeout(Channel channel, Loop loop, Duration timeout) {
        this.channel = channel;
        this.timeout = timeout;
        this.deadline = new Deadline(loop.deadlines(), this::expire);
    }

    /** Gives the client its time from now. */
    void start() {
        pendingBefore = pending();
        deadline.in(timeout);
    }

    private void expire() {
        if (pending() < pendingBefore) {
            start();
        } else {
            channel.close();
        }
    }

    /** The octets that wait for the client to take them. */
    long pending() {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes();
    }

    void clear() {
        deadline.clear();
    }

    void close() {
        deadline.close();
    }
}
