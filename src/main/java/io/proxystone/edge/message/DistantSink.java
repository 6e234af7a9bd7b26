package io.proxystone.edge.message;

import io.netty.buffer.ByteBuf;
import io.proxystone.edge.loop.Loop;
import io.proxystone.http.Fields;
import java.util.concurrent.atomic.AtomicInteger;

/** Carries content from the loop it arrives on to a sink on another one, a bounded amount at a time. */
final class DistantSink implements BodySink {
    private static final int MAX_UNDER_WAY = 256 * 1024;

    private final BodySink target;
    private final Loop targetLoop;
    private final StreamBody body;
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile boolean targetFull;

    DistantSink(BodySink target, Loop targetLoop, StreamBody body) {
        this.target = target;
        this.targetLoop = targetLoop;
        this.body = body;
    }

    @Override
    public boolean accept(ByteBuf piece) {
        int size = piece.readableBytes();
        int sum = underWay.addAndGet(size);
        targetLoop.executor().execute(() -> {
            boolean more = target.accept(piece);
            targetFull = !more;
            if (underWay.addAndGet(-size) == 0 && more) {
                body.resume();
            }
        });
        return sum < MAX_UNDER_WAY && !targetFull;
    }

    @Override
    public void flush() {
        targetLoop.executor().execute(target::flush);
    }

    @Override
    public void end(Fields trailers) {
        targetLoop.executor().execute(() -> target.end(trailers));
    }

    @Override
    public void fail(Throwable cause) {
        targetLoop.executor().execute(() -> target.fail(cause));
    }
}
