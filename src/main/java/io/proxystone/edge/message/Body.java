package io.proxystone.edge.message;

import io.proxystone.edge.loop.Loop;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;

/**
 * The content of an HTTP message inside a flow. Camel's type converters read it ({@link BodyConverters}). It is a {@link
 * StreamCache} so that Camel leaves it as it is, asks it for a copy where steps run in parallel, and never spools it.
 */
public abstract class Body implements StreamCache {

    /** How {@link #size} tells that nobody knows yet. */
    public static final long UNKNOWN = -1;

    /** The octets of the content, or {@link #UNKNOWN}. */
    public abstract long size();

    /** Whether the content can be read here and now: a stream only once, and not by a step that runs beside its flow. */
    public abstract boolean isReadable();

    /**
     * Sends the content to a sink, which is called on the given loop only. A body that streams can be read once.
     *
     * @throws IllegalStateException if it streams and was read before
     */
    public abstract void readTo(BodySink sink, Loop loop);

    /**
     * The whole content in memory.
     *
     * @throws BodyNotBufferedException if that would mean waiting on an event loop
     * @throws IOException if the content does not arrive whole
     */
    public abstract BufferedBody buffered() throws IOException;

    /** Gives up content that nobody has read, so that its connection need not deliver it. */
    public abstract void discard();

    @Override
    public void writeTo(OutputStream out) throws IOException {
        buffered().writeOctets(out);
    }

    @Override
    public long length() {
        return Math.max(0, size());
    }

    @Override
    public abstract Body copy(Exchange exchange);

    @Override
    public void reset() {
        // Reading a buffered body moves nothing; a stream cannot be read again.
    }

    @Override
    public long position() {
        return -1;
    }
}
