package io.proxystone.steps;

import io.proxystone.testing.Origin;
import io.proxystone.testing.RawMessage;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** An origin that says who was asked what, but nothing before its gate opens. */
final class GatedOrigin implements AutoCloseable {
    private static final int ANY_NUMBER = 1000;

    private final Semaphore gate = new Semaphore(0);
    private final Origin origin;

    GatedOrigin() throws IOException {
        origin = Origin.answering((request, connection) -> {
            if (!gate.tryAcquire(10, TimeUnit.SECONDS)) {
                throw new IOException("The gate stayed shut");
            }
            connection.respond(200, "origin:" + request.text(), "Content-Type: text/plain", "X-Origin: seen");
        });
    }

    int port() {
        return origin.port();
    }

    RawMessage take() throws InterruptedException {
        return origin.take();
    }

    void open() {
        gate.release(ANY_NUMBER);
    }

    /** Shuts the gate, and forgets the requests nobody looked at. */
    void shut() throws InterruptedException {
        gate.drainPermits();
        while (origin.waiting() > 0) {
            origin.take();
        }
    }

    @Override
    public void close() throws IOException {
        origin.close();
    }
}
