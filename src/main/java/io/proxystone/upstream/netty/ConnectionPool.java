package io.proxystone.upstream.netty;

import io.netty.channel.Channel;
import io.proxystone.edge.loop.Deadline;
import io.proxystone.edge.loop.Loop;
import io.proxystone.upstream.UpstreamException.Reason;
import io.proxystone.upstream.UpstreamSettings;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one event loop to one target: those that wait for a request, the latest used first, and the requests
 * that wait for one of them. Used on its loop only.
 */
final class ConnectionPool {
    private final UpstreamClient client;
    private final Loop loop;
    private final UpstreamSettings.Pool settings;
    private final Permits permits;
    private final Deque<UpstreamConnection> idle = new ArrayDeque<>();
    private final Deque<Waiter> waiters = new ArrayDeque<>();
    private boolean closed;

    /** A request that waits, and until when. */
    private record Waiter(UpstreamCall call, Deadline deadline) {}

    ConnectionPool(UpstreamClient client, Loop loop, UpstreamSettings.Pool settings, Permits permits) {
        this.client = client;
        this.loop = loop;
        this.settings = settings;
        this.permits = permits;
    }

    Loop loop() {
        return loop;
    }

    int idleConnections() {
        return idle.size();
    }

    /** Starts a call on a connection: a waiting one, a new one, or the next one to come free. */
    void acquire(UpstreamCall call) {
        UpstreamConnection connection = idle.pollFirst();
        if (connection != null) {
            client.statistics().reused();
            connection.start(call, true);
        } else {
            acquireNew(call);
        }
    }

    /** Starts a call on a connection nobody used before. */
    void acquireNew(UpstreamCall call) {
        if (permits.tryAcquire()) {
            connect(call);
        } else if (waiters.size() >= settings.maxWaiting()) {
            call.failed(Reason.NO_CONNECTION);
        } else {
            enqueue(call);
        }
    }

    private void enqueue(UpstreamCall call) {
        Deadline deadline = new Deadline(loop.deadlines(), () -> giveUp(call));
        deadline.in(settings.waitTime());
        waiters.addLast(new Waiter(call, deadline));
        permits.await(this);
    }

    private void giveUp(UpstreamCall call) {
        waiters.removeIf(waiter -> {
            boolean found = waiter.call() == call;
            if (found) {
                waiter.deadline().close();
            }
            return found;
        });
        call.failed(Reason.NO_CONNECTION);
    }

    private void connect(UpstreamCall call) {
        client.connector().connect(loop, new Connector.Result() {
            @Override
            public void connected(Channel channel) {
                client.statistics().opened();
                UpstreamConnection connection = UpstreamConnection.on(channel, ConnectionPool.this, client);
                if (call.isOver()) {
                    release(connection);
                } else {
                    connection.start(call, false);
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
        Waiter next = pollWaiter();
        if (next != null) {
            client.statistics().reused();
            connection.start(next.call(), true);
        } else if (closed || permits.isAwaited() || idle.size() >= settings.maxIdle()) {
            connection.close();
        } else {
            connection.await(settings.idleTime());
            idle.addFirst(connection);
        }
    }

    private @Nullable Waiter pollWaiter() {
        for (Waiter waiter = waiters.pollFirst(); waiter != null; waiter = waiters.pollFirst()) {
            waiter.deadline().close();
            if (!waiter.call().isOver()) {
                return waiter;
            }
        }
        return null;
    }

    /** A connection has ended, waiting or not. */
    void ended(UpstreamConnection connection) {
        idle.remove(connection);
        client.statistics().closed();
        permits.release();
    }

    /** A permit may be free. From any thread. */
    void permitFreed() {
        loop.execute(() -> {
            if (!waiters.isEmpty() && permits.tryAcquire()) {
                Waiter next = pollWaiter();
                if (next == null) {
                    permits.release();
                } else {
                    connect(next.call());
                }
            } else if (!waiters.isEmpty()) {
                permits.await(this);
            }
        });
    }

    /** Closes what waits; connections in use close when they come back. */
    void close() {
        closed = true;
        for (UpstreamConnection connection = idle.pollFirst(); connection != null; connection = idle.pollFirst()) {
            connection.close();
        }
    }
}
