package io.proxystone.edge.message;

import io.proxystone.edge.loop.Loop;
import org.apache.camel.Exchange;

/** What a copy made for a parallel step has in place of content that streams through the flow it was copied from. */
final class ElsewhereBody extends Body {
    private final long size;

    ElsewhereBody(long size) {
        this.size = size;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public boolean isReadable() {
        return false;
    }

    @Override
    public void readTo(BodySink sink, Loop loop) {
        throw unreadable();
    }

    @Override
    public BufferedBody buffered() {
        throw unreadable();
    }

    @Override
    public void discard() {
        // The flow it was copied from takes care of the content.
    }

    @Override
    public Body copy(Exchange exchange) {
        return this;
    }

    @Override
    public boolean inMemory() {
        return false;
    }

    @Override
    public String toString() {
        return "Body[streams elsewhere]";
    }

    private static IllegalStateException unreadable() {
        return new IllegalStateException(
                "The body streams through the flow this message was copied from and can be read only"
                        + " there. Have it buffered: 'bodies: buffer' in the parameters of the netty-http or upstream endpoint");
    }
}
