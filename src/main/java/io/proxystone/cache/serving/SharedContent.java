package io.proxystone.cache.serving;

import io.netty.buffer.ByteBuf;
import io.proxystone.cache.ResponseStore;
import io.proxystone.edge.loop.Loop;
import io.proxystone.edge.message.BodySink;
import io.proxystone.edge.message.StreamBody;
import io.proxystone.http.Fields;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Content on its way from an origin to a store and to any number of readers, each at its own pace. A bounded amount is kept,
 * for readers that come later and for those that are slower; beyond that the slowest reader sets the pace. It lives on one
 * loop.
 */
final class SharedContent implements BodySink {

    /** Hears once how the content ended, and is asked and told about its storage before. */
    interface End {
        /** Whether it may still be stored, now that it has come whole. */
        boolean mayStore();

        /** The store has it now. */
        void committed();

        /** It came whole, and nothing more happens with it but that readers take it. */
        void complete(boolean stored);

        /** It did not come whole, or nobody wanted it any more. */
        void incomplete();
    }

    private final Loop loop;
    private final StreamBody source;
    private final long bound;
    private final End end;
    private final Deque<ByteBuf> pieces = new ArrayDeque<>();
    private final List<Reader> readers = new ArrayList<>();

    private ResponseStore.@Nullable Writing writing;
    private long firstPiece;
    private long held;
    private long received;
    private boolean sourceFull;
    private @Nullable Fields trailers;
    private @Nullable Throwable failure;

    SharedContent(Loop loop, StreamBody source, ResponseStore.Writing writing, long bound, End end) {
        this.loop = loop;
        this.source = source;
        this.writing = writing;
        this.bound = bound;
        this.end = end;
    }

    /** Starts to read the origin's content. */
    void start() {
        source.readTo(this, loop);
    }

    /** A body of the whole content for a reader on some loop, or null if its beginning is not there any more. */
    @Nullable
    StreamBody reader(Loop readerLoop) {
        if (firstPiece > 0 || failure != null) {
            return null;
        }
        Reader reader = new Reader(readerLoop, source.size());
        readers.add(reader);
        return reader.body;
    }

    /** Stores nothing of it, whatever comes. */
    void forbidStoring() {
        if (writing != null) {
            writing.abort();
            writing = null;
            stopIfUnwanted();
        }
    }

    @Override
    public boolean accept(ByteBuf piece) {
        received += piece.readableBytes();
        if (writing != null && !writing.append(piece.nioBuffer())) {
            writing.abort();
            writing = null;
        }
        held += piece.readableBytes();
        pieces.add(piece);
        for (Reader reader : List.copyOf(readers)) {
            reader.proceed();
        }
        dropRead();
        stopIfUnwanted();
        sourceFull = held >= bound;
        return !sourceFull;
    }

    @Override
    public void flush() {
        for (Reader reader : List.copyOf(readers)) {
            reader.flush();
        }
    }

    @Override
    public void end(Fields trailerFields) {
        trailers = trailerFields;
        boolean stored = writing != null && end.mayStore();
        if (writing != null) {
            if (stored) {
                writing.commit(trailerFields);
                end.committed();
            } else {
                writing.abort();
            }
            writing = null;
        }
        for (Reader reader : List.copyOf(readers)) {
            reader.proceed();
            reader.flush();
        }
        dropRead();
        end.complete(stored);
    }

    @Override
    public void fail(Throwable cause) {
        failure = cause;
        if (writing != null) {
            writing.abort();
            writing = null;
        }
        for (Reader reader : List.copyOf(readers)) {
            reader.proceed();
        }
        readers.clear();
        dropAll();
        end.incomplete();
    }

    private boolean isOver() {
        return trailers != null || failure != null;
    }

    /** Drops what every reader has, unless it may still be wanted by one that comes later. */
    private void dropRead() {
        boolean keep = received < bound && !isOver();
        long slowest = Long.MAX_VALUE;
        for (Reader reader : readers) {
            slowest = Math.min(slowest, reader.next);
        }
        while (!keep && !pieces.isEmpty() && firstPiece < slowest) {
            held -= pieces.peek().readableBytes();
            pieces.remove().release();
            firstPiece++;
        }
        if (sourceFull && held < bound && !isOver()) {
            sourceFull = false;
            source.resume();
        }
    }

    private void dropAll() {
        pieces.forEach(ByteBuf::release);
        pieces.clear();
        held = 0;
    }

    private void stopIfUnwanted() {
        if (writing == null && readers.isEmpty() && !isOver()) {
            failure = new IllegalStateException("Nobody reads the content");
            dropAll();
            source.cancel();
            end.incomplete();
        }
    }

    private ByteBuf piece(long number) {
        Iterator<ByteBuf> each = pieces.iterator();
        ByteBuf piece = each.next();
        for (long i = firstPiece; i < number; i++) {
            piece = each.next();
        }
        return piece;
    }

    /** One who reads the content. What is not about its body happens on the loop of the content. */
    private final class Reader implements StreamBody.Source {
        private static final int MAX_UNDER_WAY = 256 * 1024;

        private final Loop readerLoop;
        private final StreamBody body;
        private final AtomicInteger underWay = new AtomicInteger();
        private volatile boolean wanted;
        private boolean over;
        private boolean flushed = true;
        private long next;

        Reader(Loop readerLoop, long size) {
            this.readerLoop = readerLoop;
            this.body = new StreamBody(readerLoop, size, this, true);
        }

        @Override
        public void demand(boolean more) {
            wanted = more;
            if (more) {
                loop.execute(this::proceedAndDrop);
            }
        }

        @Override
        public void cancel() {
            loop.execute(() -> {
                leave();
                dropRead();
                stopIfUnwanted();
            });
        }

        private void leave() {
            over = true;
            readers.remove(this);
        }

        private void proceedAndDrop() {
            proceed();
            flush();
            dropRead();
        }

        /** Passes on what there is, as far as it is wanted. */
        void proceed() {
            while (!over && wanted && next < firstPiece + pieces.size() && underWay.get() < MAX_UNDER_WAY) {
                ByteBuf piece = piece(next++).retainedDuplicate();
                underWay.addAndGet(piece.readableBytes());
                readerLoop.execute(() -> take(piece));
                flushed = false;
            }
            if (over) {
                return;
            }
            boolean all = next == firstPiece + pieces.size();
            if (failure != null) {
                leave();
                Throwable cause = failure;
                readerLoop.execute(() -> body.fail(cause));
            } else if (all && trailers != null) {
                leave();
                Fields last = trailers;
                readerLoop.execute(() -> body.end(last));
            }
        }

        /** Has what was passed on go on its way. */
        void flush() {
            if (!flushed && !over) {
                flushed = true;
                readerLoop.execute(body::flush);
            }
        }

        private void take(ByteBuf piece) {
            int size = piece.readableBytes();
            body.offer(piece);
            int before = underWay.getAndAdd(-size);
            if (before >= MAX_UNDER_WAY && wanted && readerLoop != loop) {
                loop.execute(this::proceedAndDrop);
            }
        }
    }
}
