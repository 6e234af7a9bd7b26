package io.proxystone.control;

import io.proxystone.edge.Listener;
import io.proxystone.edge.ListenerSettings;
import io.proxystone.edge.Router;
import io.proxystone.edge.loop.EventLoops;
import io.proxystone.traffic.RequestObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The process's listeners. They outlive the revisions whose flows they serve. */
public final class Listeners {
    private final EventLoops loops;
    private final RequestObserver observer;
    private final Map<InetSocketAddress, Listener> byAddress = new ConcurrentHashMap<>();

    public Listeners(EventLoops loops, RequestObserver observer) {
        this.loops = loops;
        this.observer = observer;
    }

    /** The listeners that are bound. */
    public Collection<Listener> all() {
        return List.copyOf(byAddress.values());
    }

    @Nullable
    Listener at(InetSocketAddress address) {
        return byAddress.get(address);
    }

    /**
     * Binds the addresses that are not bound yet.
     *
     * @return those it has bound, for {@link #unbind} if what they were bound for fails
     * @throws IOException if one cannot be bound; then none of them is
     */
    Set<InetSocketAddress> bind(Collection<InetSocketAddress> addresses, ListenerSettings settings) throws IOException {
        Set<InetSocketAddress> bound = new HashSet<>();
        for (InetSocketAddress address : addresses) {
            if (byAddress.containsKey(address)) {
                continue;
            }
            try {
                byAddress.put(address, new Listener(loops, address, settings, observer, Router.EMPTY));
                bound.add(address);
            } catch (Exception e) {
                unbind(bound);
                throw new IOException("Cannot listen on " + text(address) + ": " + e.getMessage(), e);
            }
        }
        return bound;
    }

    private static String text(InetSocketAddress address) {
        return address.getHostString() + ":" + address.getPort();
    }

    void unbind(Collection<InetSocketAddress> addresses) {
        for (InetSocketAddress address : addresses) {
            Listener listener = byAddress.remove(address);
            if (listener != null) {
                listener.close();
            }
        }
    }

    /** Closes the listeners that no flow of a revision uses any more; what is under way there goes on. */
    void keepOnly(Collection<InetSocketAddress> addresses) {
        Set<InetSocketAddress> unused = new HashSet<>(byAddress.keySet());
        unused.removeAll(addresses);
        unbind(unused);
    }

    /** Has connections close after their next answer, while new ones are still taken. */
    public void drain() {
        byAddress.values().forEach(Listener::drain);
    }

    /** Takes no more connections and waits for those there are, at most as long as this. */
    public void close(long timeout, TimeUnit unit) throws InterruptedException {
        long deadline = System.nanoTime() + unit.toNanos(timeout);
        byAddress.values().forEach(Listener::close);
        for (Listener listener : byAddress.values()) {
            listener.awaitConnections(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        }
    }
}
