package io.proxystone.edge.camel;

import io.proxystone.edge.message.ClientGoneException;
import io.proxystone.http.ProblemType;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs why flows failed. An origin that is down fails every request: of such failures at most one a second is logged, with
 * the number left out; the access log has them all.
 */
final class FailureLog {
    private static final Logger LOG = LoggerFactory.getLogger(FailureLog.class);
    private static final long INTERVAL = TimeUnit.SECONDS.toNanos(1);
    private static final AtomicLong NEXT = new AtomicLong(System.nanoTime());
    private static final AtomicLong LEFT_OUT = new AtomicLong();

    private FailureLog() {}

    static void log(String flow, String requestId, @Nullable Throwable failure, ProblemType answer) {
        if (failure instanceof ClientGoneException) {
            return;
        }
        long now = System.nanoTime();
        long next = NEXT.get();
        if (now - next < 0 || !NEXT.compareAndSet(next, now + INTERVAL)) {
            LEFT_OUT.incrementAndGet();
            return;
        }
        var event = answer == ProblemType.INTERNAL_ERROR ? LOG.atError() : LOG.atWarn();
        event.addKeyValue("flow", flow)
                .addKeyValue("request", requestId)
                .addKeyValue("status", answer.status())
                .addKeyValue("leftOut", LEFT_OUT.getAndSet(0))
                .log("Flow failed: {}", String.valueOf(failure));
    }
}
