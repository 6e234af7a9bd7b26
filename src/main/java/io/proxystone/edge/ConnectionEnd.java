package io.proxystone.edge;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import org.jspecify.annotations.Nullable;

/** How a connection ends: each side on its own, or at once (RFC 9112 §9.6). */
final class ConnectionEnd {
    private final Channel channel;
    private boolean inputEnded;

    ConnectionEnd(Channel channel) {
        this.channel = channel;
    }

    /** The client sends no more. */
    void inputEnded() {
        inputEnded = true;
    }

    boolean isInputEnded() {
        return inputEnded;
    }

    /** Ends this side's output after what is on its way; the connection too, if the client's side has ended. */
    void endOutput() {
        if (!inputEnded && channel instanceof DuplexChannel socket) {
            socket.shutdownOutput();
        } else {
            channel.close();
        }
    }

    boolean isOutputEnded() {
        return channel instanceof DuplexChannel socket && socket.isOutputShutdown();
    }

    /** Ends the connection so that the client sees that an answer is not complete. */
    void cut(@Nullable ResponseWriter response) {
        if (channel.isActive() && response != null && response.isDelimitedByClose()) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        }
        channel.close();
    }
}
