package io.proxystone.edge.message;

import io.netty.buffer.Unpooled;
import io.proxystone.edge.loop.Loop;
import io.proxystone.http.Fields;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.Arrays;
import org.apache.camel.Exchange;

/** Content that is in memory whole. It can be read any number of times. */
public final class BufferedBody extends Body {
    private final byte[] octets;
    private final Fields trailers;

    /** Content of the given octets, which nobody changes from now on. */
    public BufferedBody(byte[] octets) {
        this(octets, Fields.EMPTY);
    }

    public BufferedBody(byte[] octets, Fields trailers) {
        this.octets = octets;
        this.trailers = trailers;
    }

    @Override
    public long size() {
        return octets.length;
    }

    /** The octets, not to be changed. */
    public byte[] octets() {
        return octets;
    }

    public Fields trailers() {
        return trailers;
    }

    public String text(Charset charset) {
        return new String(octets, charset);
    }

    public ByteBuffer byteBuffer() {
        return ByteBuffer.wrap(octets).asReadOnlyBuffer();
    }

    public InputStream inputStream() {
        return new ByteArrayInputStream(octets);
    }

    /** A copy of the octets that belongs to the caller. */
    public byte[] toByteArray() {
        return Arrays.copyOf(octets, octets.length);
    }

    void writeOctets(OutputStream out) throws IOException {
        out.write(octets);
    }

    @Override
    public boolean isReadable() {
        return true;
    }

    @Override
    public void readTo(BodySink sink, Loop loop) {
        loop.execute(() -> {
            sink.accept(Unpooled.wrappedBuffer(octets));
            sink.end(trailers);
        });
    }

    @Override
    public BufferedBody buffered() {
        return this;
    }

    @Override
    public void discard() {
        // It holds nothing but memory.
    }

    @Override
    public BufferedBody copy(Exchange exchange) {
        return this;
    }

    @Override
    public boolean inMemory() {
        return true;
    }

    @Override
    public String toString() {
        return "BufferedBody[" + octets.length + "]";
    }
}
