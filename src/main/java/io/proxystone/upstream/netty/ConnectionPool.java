package io.proxystone.upstream.netty;

import io.netty.channel.Channel;
import io.proxystone.edge.loop.Deadline;
import io.proxystone.edge.loop.Loop;
import io.proxystone.upstream.UpstreamException.Reason;
import io.proxystone.upstream.UpstreamSettings;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one event loop to one target: those that wait for a request, the latest used first, and the requests
 * that wait for one of them, the oldest first. Used on its loop only, but for what says otherwise.
 */
final class ConnectionPool {
    /** How much longer a request on another loop must have waited to get a connection that is wanted on this one too. */
    private static final long PRECEDENCE = TimeUnit.MILLISECONDS.toNanos(100);

    private final UpstreamClient client;
    private final Loop loop;
    private final UpstreamSettings.Pool settings;
    private final Permits permits;
    private final Deque<UpstreamConnection> idle = new ArrayDeque<>();
    private final Deque<Waiter> waiters = new ArrayDeque<>();
    private volatile int idleConnections;
    private volatile long oldestSince;
    private volatile boolean waited;
    private boolean queued;
    private boolean closed;

    /** A request that waits, until when, and since when. */
    private record Waiter(UpstreamCall call, Deadline deadline, long since) {}

    ConnectionPool(UpstreamClient client, Loop loop, UpstreamSettings.Pool settings, Permits permits) {
        this.client = client;
        this.loop = loop;
        this.settings = settings;
        this.permits = permits;
    }

    Loop loop() {
        return loop;
    }

    /** How many connections wait for a request. From any thread. */
    int idleConnections() {
        return idleConnections;
    }

    /** Whether a request has waited since a time before this one. From any thread. */
    boolean hasWaitedSince(long nanos) {
        return waited && oldestSince - nanos < 0;
    }

    /** Starts a call on a connection: a waiting one, a new one, or the next one to come free. */
    void acquire(UpstreamCall call) {
        for (UpstreamConnection next = takeIdle(); next != null; next = takeIdle()) {
            if (isFit(next, call)) {
                client.statistics().reused();
                next.start(call, true);
                return;
            }
            next.close();
        }
        acquireNew(call);
    }

    /** Whether a used connection can carry a call. For one that cannot be repeated it must be as good as certain. */
    private static boolean isFit(UpstreamConnection connection, UpstreamCall call) {
        return connection.isUsable() && (call.isRepeatable() || connection.isOpenAtPeer());
    }

    /** Starts a call on a connection nobody used before. */
    void acquireNew(UpstreamCall call) {
        if (waiters.isEmpty() && permits.tryAcquire()) {
            connect(call);
        } else if (waiters.size() >= settings.maxWaiting()) {
            call.failed(Reason.NO_CONNECTION);
        } else {
            enqueue(call);
        }
    }

    private void enqueue(UpstreamCall call) {
        Deadline deadline = new Deadline(loop.deadlines(), () -> call.failed(Reason.NO_CONNECTION));
        deadline.in(settings.waitTime());
        call.waiting(true);
        waiters.addLast(new Waiter(call, deadline, System.nanoTime()));
        waitersChanged();
        if (!queued) {
            queued = true;
            permits.await(this);
        }
        client.reclaimIdle(this);
    }

    /** Takes a call that has ended out of those that wait. */
    void forget(UpstreamCall call) {
        waiters.removeIf(waiter -> {
            boolean found = waiter.call() == call;
            if (found) {
                leave(waiter);
            }
            return found;
        });
        waitersChanged();
    }

    private UpstreamCall nextWaiting() {
        Waiter next = waiters.removeFirst();
        leave(next);
        waitersChanged();
        return next.call();
    }

    private static void leave(Waiter waiter) {
        waiter.deadline().close();
        waiter.call().waiting(false);
    }

    private void waitersChanged() {
        Waiter first = waiters.peekFirst();
        if (first != null) {
            oldestSince = first.since();
            waited = true;
            return;
        }
        waited = false;
        if (queued) {
            queued = false;
            permits.cancel(this);
        }
    }

    private void connect(UpstreamCall call) {
        client.connector().connect(loop, new Connector.Result() {
            @Override
            public void connected(Channel channel) {
                client.statistics().opened();
                UpstreamConnection connection = UpstreamConnection.on(channel, ConnectionPool.this, client);
                if (call.isOver()) {
                    release(connection);
                } else if (connection.isUsable()) {
                    connection.start(call, false);
                } else {
                    call.failed(Reason.CLOSED);
                }
            }

            @Override
            public void failed(Reason reason, String detail) {
                permits.release();
                call.failed(reason, detail);
            }
        });
    }

    /** Takes a connection back after an exchange that left it usable. */
    void release(UpstreamConnection connection) {
        Waiter next = waiters.peekFirst();
        if (next != null
                && isFit(connection, next.call())
                && !permits.isAwaitedSince(next.since() - PRECEDENCE, this)) {
            client.statistics().reused();
            connection.start(nextWaiting(), true);
        } else if (next != null
                || closed
                || permits.isAwaited()
                || idle.size() >= settings.maxIdle()
                || !connection.isUsable()) {
            connection.close();
        } else {
            connection.await(settings.idleTime());
            idle.addFirst(connection);
            idleConnections = idle.size();
            // Another loop may have begun to wait after it had looked here.
            closeIdleIfAwaited();
        }
    }

    private @Nullable UpstreamConnection takeIdle() {
        UpstreamConnection connection = idle.pollFirst();
        idleConnections = idle.size();
        return connection;
    }

    /** Lets another loop, where a request waits, have the place of a connection that is idle here. From any thread. */
    void yieldIdle() {
        loop.execute(this::closeIdleIfAwaited);
    }

    private void closeIdleIfAwaited() {
        if (permits.isAwaited()) {
            UpstreamConnection oldest = idle.pollLast();
            idleConnections = idle.size();
            if (oldest != null) {
                oldest.close();
            }
        }
    }

    /** A connection has ended, waiting or not. */
    void ended(UpstreamConnection connection) {
        idle.remove(connection);
        idleConnections = idle.size();
        client.statistics().closed();
        permits.release();
    }

    /** A permit may be free. From any thread. */
    void permitFreed() {
        loop.executor().execute(() -> {
            queued = false;
            if (waiters.isEmpty()) {
                permits.passOn();
                return;
            }
            if (permits.tryAcquire()) {
                connect(nextWaiting());
            }
            if (!waiters.isEmpty() && !queued) {
                queued = true;
                permits.await(this);
            }
        });
    }

    /** Closes what waits; connections in use close when they come back. */
    void close() {
        closed = true;
        for (UpstreamConnection connection = takeIdle(); connection != null; connection = takeIdle()) {
            connection.close();
        }
    }
}
