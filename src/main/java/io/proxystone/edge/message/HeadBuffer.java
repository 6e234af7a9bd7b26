package io.proxystone.edge.message;

import io.netty.buffer.ByteBuf;
import io.proxystone.edge.loop.Loop;
import io.proxystone.http.http1.HeadScanner;
import io.proxystone.http.http1.MessageSyntaxException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Cuts the head of a message out of what arrives on its connection. Between messages it holds no memory. */
public final class HeadBuffer {
    private static final int FIRST_LOOK = 1024;

    private final Loop loop;
    private final int maxHead;
    private final HeadScanner scanner;

    private byte @Nullable [] partial;
    private int size;

    /** @param maxHead the largest head the scanner lets pass, in octets */
    public HeadBuffer(Loop loop, int maxHead, HeadScanner scanner) {
        this.loop = loop;
        this.maxHead = maxHead;
        this.scanner = scanner;
    }

    /** Whether a head has started and is not complete. */
    public boolean isInside() {
        return partial != null;
    }

    /**
     * Takes a head from the front of {@code in}, skipping empty lines before it (RFC 9112 §2.2).
     *
     * @return the octets of the head, or null if it is not complete; then all of {@code in} has been taken
     */
    public byte @Nullable [] read(ByteBuf in) throws MessageSyntaxException {
        if (size == 1 && partial != null && partial[0] == '\r' && in.getByte(in.readerIndex()) == '\n') {
            // The empty line before a head came in two pieces.
            in.skipBytes(1);
            startOver();
        }
        if (partial == null && !skipEmptyLines(in)) {
            return null;
        }
        byte[] octets = partial == null ? loop.scratch() : partial;
        while (in.isReadable()) {
            int start = in.readerIndex();
            int count = Math.min(in.readableBytes(), Math.max(FIRST_LOOK, size));
            octets = reserve(octets, size + count);
            in.readBytes(octets, size, count);
            int end = scanner.scan(octets, size + count);
            if (end >= 0) {
                in.readerIndex(start + end - size);
                startOver();
                return Arrays.copyOf(octets, end);
            }
            size += count;
        }
        partial = octets == loop.scratch() ? Arrays.copyOf(octets, size) : octets;
        return null;
    }

    private void startOver() {
        scanner.reset();
        partial = null;
        size = 0;
    }

    /** The array, or a longer one with its content; scratch is left for others once it is too short. */
    private byte[] reserve(byte[] octets, int needed) {
        return needed <= octets.length
                ? octets
                : Arrays.copyOf(octets, Math.max(needed, Math.min(maxHead + FIRST_LOOK, octets.length * 2)));
    }

    private static boolean skipEmptyLines(ByteBuf in) {
        while (in.readableBytes() >= 2
                && in.getByte(in.readerIndex()) == '\r'
                && in.getByte(in.readerIndex() + 1) == '\n') {
            in.skipBytes(2);
        }
        return in.isReadable();
    }
}
