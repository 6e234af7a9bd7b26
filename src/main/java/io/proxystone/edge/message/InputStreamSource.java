package io.proxystone.edge.message;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.proxystone.edge.loop.Loop;
import io.proxystone.http.Fields;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/** Reads an input stream piece by piece on a thread that may wait, and only while its reader takes more. */
final class InputStreamSource implements StreamBody.Source {
    private static final int PIECE = 64 * 1024;

    private final InputStream in;
    private final Loop loop;
    private final Executor blocking;
    private final StreamBody body;
    private final AtomicBoolean reading = new AtomicBoolean();
    private volatile boolean wanted;
    private volatile boolean ended;

    private InputStreamSource(InputStream in, long size, Loop loop, Executor blocking) {
        this.in = in;
        this.loop = loop;
        this.blocking = blocking;
        this.body = new StreamBody(loop, size, this, true);
    }

    /** A body of what an input stream holds. The stream is closed when it has been read or is not wanted any more. */
    static StreamBody body(InputStream in, long size, Loop loop, Executor blocking) {
        return new InputStreamSource(in, size, loop, blocking).body;
    }

    @Override
    public void demand(boolean more) {
        wanted = more;
        if (more && !ended && reading.compareAndSet(false, true)) {
            blocking.execute(this::readWhileWanted);
        }
    }

    @Override
    public void cancel() {
        ended = true;
        demand(false);
        if (reading.compareAndSet(false, true)) {
            blocking.execute(this::close);
        }
    }

    private void readWhileWanted() {
        boolean more = true;
        while (more && wanted && !ended) {
            more = readPiece();
        }
        if (ended) {
            close();
            return;
        }
        reading.set(false);
        if (wanted && more) {
            demand(true);
        }
    }

    /** Reads one piece and waits until the loop has passed it on, so that the reader can say stop in time. */
    private boolean readPiece() {
        ByteBuf piece = ByteBufAllocator.DEFAULT.directBuffer(PIECE);
        try {
            int count = piece.writeBytes(in, PIECE);
            if (count > 0) {
                loop.executor()
                        .submit(() -> {
                            body.offer(piece);
                            body.flush();
                        })
                        .awaitUninterruptibly();
                return true;
            }
            piece.release();
            ended = true;
            loop.executor().execute(() -> body.end(Fields.EMPTY));
        } catch (IOException e) {
            piece.release();
            ended = true;
            loop.executor().execute(() -> body.fail(e));
        }
        return false;
    }

    private void close() {
        try {
            in.close();
        } catch (IOException e) {
            // What was read is complete; there is nobody left to tell.
        }
    }
}
