package io.proxystone.edge;

import io.proxystone.edge.loop.Deadline;
import io.proxystone.edge.loop.Loop;
import java.time.Duration;

/** How long a client may take for what is awaited from it now. */
final class InputTimeout {
    private static final Duration LINGER = Duration.ofSeconds(2);
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(1);
    private static final Duration LAST_REQUEST = Duration.ofSeconds(1);

    private final ListenerSettings.Timeouts timeouts;
    private final Deadline deadline;

    InputTimeout(Loop loop, ListenerSettings.Timeouts timeouts, Runnable expired) {
        this.timeouts = timeouts;
        this.deadline = new Deadline(loop.deadlines(), expired);
    }

    /** A request is to begin; when draining, one that may be on its way already, because it was promised that it may. */
    void awaitRequest(boolean draining) {
        deadline.in(draining ? LAST_REQUEST : timeouts.idle());
    }

    /** The rest of a head is to come. */
    void awaitHead() {
        deadline.in(timeouts.header());
    }

    /** More content is to come. */
    void awaitContent() {
        deadline.in(timeouts.body());
    }

    /** A client that has closed its sending side is to take something of its answer. */
    void awaitSignOfLife() {
        deadline.in(SIGN_OF_LIFE);
    }

    /** The client is to close its side, too. */
    void awaitClose() {
        deadline.in(LINGER);
    }

    /** Nothing is awaited. */
    void clear() {
        deadline.clear();
    }

    void close() {
        deadline.close();
    }
}
