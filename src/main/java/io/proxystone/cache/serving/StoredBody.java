package io.proxystone.cache.serving;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.proxystone.cache.LentContent;
import io.proxystone.cache.Presentation;
import io.proxystone.cache.Presentation.Part;
import io.proxystone.cache.StoredContent;
import io.proxystone.edge.loop.Loop;
import io.proxystone.edge.message.Body;
import io.proxystone.edge.message.BufferedBody;
import io.proxystone.edge.message.StreamBody;
import io.proxystone.http.Fields;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parts of stored content as the body of a response, read as fast as the client takes them. Lives on one loop. */
final class StoredBody implements StreamBody.Source {
    private static final int PIECE = 64 * 1024;

    private final StoredContent content;
    private final Loop loop;
    private final Fields trailers;
    private final Deque<Part> parts;
    private final StreamBody body;

    private @Nullable Supply supply;
    private boolean wanted;
    private boolean busy;
    private boolean over;
    private long left;

    /** Where the octets of a part come from. */
    private interface Supply {

        /** Brings up to so many octets, now or later: to {@link #brought} or {@link #broken}. */
        void bring(int most);

        void close();
    }

    private StoredBody(StoredContent content, List<Part> parts, long size, Fields trailers, Loop loop) {
        this.content = content;
        this.loop = loop;
        this.trailers = trailers;
        this.parts = new ArrayDeque<>(parts);
        // Trailers go with chunks only.
        this.body = new StreamBody(loop, trailers.isEmpty() ? size : Body.UNKNOWN, this, true);
    }

    /** The body of what a presentation shows of content; null if the content is gone. */
    static @Nullable Body of(StoredContent content, Presentation presentation, Fields trailers, Loop loop) {
        List<Part> parts = presentation.parts();
        long size = presentation.size();
        if (content instanceof LentContent lent) {
            LentContent.Loan loan = lent.borrow();
            if (loan == null) {
                return null;
            }
            List<ByteBuffer> pieces = loan.pieces();
            if (pieces.isEmpty() || (pieces.size() == 1 && pieces.get(0).hasArray())) {
                byte[] octets = pieces.isEmpty() ? new byte[0] : pieces.get(0).array();
                loan.giveBack();
                return new BufferedBody(join(octets, parts, (int) size), trailers);
            }
            StoredBody stored = new StoredBody(content, parts, size, trailers, loop);
            stored.supply = stored.new Loaned(loan);
            return stored.body;
        }
        return size == 0
                ? new BufferedBody(new byte[0], trailers)
                : new StoredBody(content, parts, size, trailers, loop).body;
    }

    private static byte[] join(byte[] octets, List<Part> parts, int size) {
        boolean whole = parts.size() == 1
                && parts.get(0).before().length == 0
                && parts.get(0).length() == octets.length;
        if (whole) {
            return octets;
        }
        ByteBuffer joined = ByteBuffer.allocate(size);
        for (Part part : parts) {
            joined.put(part.before()).put(octets, (int) part.first(), (int) part.length());
        }
        return joined.array();
    }

    @Override
    public void demand(boolean more) {
        wanted = more;
        proceed();
    }

    @Override
    public void cancel() {
        over = true;
        closeSupply();
    }

    /** Sends while the client takes more and the supply has something at once. */
    private void proceed() {
        while (wanted && !busy && !over) {
            if (left > 0) {
                busy = true;
                supply().bring((int) Math.min(PIECE, left));
            } else if (parts.isEmpty()) {
                end();
            } else {
                next(parts.remove());
            }
        }
    }

    private void next(Part part) {
        left = part.length();
        if (left > 0 && !(supply instanceof Loaned)) {
            closeSupply();
            supply = new Read(content.read(part.first()));
        }
        if (supply instanceof Loaned loaned) {
            loaned.position = part.first();
        }
        if (part.before().length > 0) {
            body.offer(Unpooled.wrappedBuffer(part.before()));
        }
    }

    private Supply supply() {
        if (supply == null) {
            throw new IllegalStateException("No part has been started");
        }
        return supply;
    }

    private void end() {
        over = true;
        closeSupply();
        body.flush();
        body.end(trailers);
    }

    private void brought(ByteBuf piece) {
        busy = false;
        left -= piece.readableBytes();
        body.offer(piece);
        if (left == 0 && parts.isEmpty() && !over) {
            end();
        } else if (!wanted) {
            body.flush();
        }
    }

    private void broken(Throwable cause) {
        busy = false;
        if (!over) {
            over = true;
            closeSupply();
            body.fail(cause);
        }
    }

    private void closeSupply() {
        if (supply != null && !busy) {
            supply.close();
            supply = null;
        }
    }

    /** Content lent by a store in memory. */
    private final class Loaned implements Supply {
        private final List<ByteBuffer> pieces;
        private final LoanedBuffer.Borrower borrower;
        private long position;

        Loaned(LentContent.Loan loan) {
            this.pieces = loan.pieces();
            this.borrower = new LoanedBuffer.Borrower(loan);
        }

        @Override
        public void bring(int most) {
            long start = 0;
            for (ByteBuffer piece : pieces) {
                long offset = position - start;
                if (offset < piece.remaining()) {
                    int count = (int) Math.min(most, piece.remaining() - offset);
                    position += count;
                    brought(borrower.buffer(piece.slice(piece.position() + (int) offset, count)));
                    return;
                }
                start += piece.remaining();
            }
            broken(new IOException("The content is shorter than it was"));
        }

        @Override
        public void close() {
            borrower.release();
        }
    }

    /** Content read from a store elsewhere. */
    private final class Read implements Supply {
        private final StoredContent.Reading reading;

        Read(StoredContent.Reading reading) {
            this.reading = reading;
        }

        @Override
        public void bring(int most) {
            ByteBuf piece = ByteBufAllocator.DEFAULT.directBuffer(most, most);
            reading.read(piece.internalNioBuffer(0, most))
                    .whenComplete((count, failure) -> loop.execute(() -> took(piece, count, failure)));
        }

        private void took(ByteBuf piece, @Nullable Integer count, @Nullable Throwable failure) {
            if (over || failure != null || count == null || count < 0) {
                piece.release();
                busy = false;
                if (over) {
                    closeSupply();
                } else {
                    broken(failure != null ? failure : new IOException("The content is shorter than it was"));
                }
                return;
            }
            brought(piece.writerIndex(count));
            body.flush();
            proceed();
        }

        @Override
        public void close() {
            reading.close();
        }
    }
}
