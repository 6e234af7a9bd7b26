package io.proxystone.control;

import io.proxystone.edge.Listener;
import io.proxystone.edge.ListenerSettings;
import io.proxystone.edge.loop.EventLoops;
import io.proxystone.traffic.RequestObserver;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The process's listeners. They outlive the revisions whose flows they serve. */
public final class Listeners {
    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

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
     * Binds the addresses of a revision's flows that are not bound yet. A listener the revision does not use gives way if
     * it has the port on another address of the machine.
     *
     * @return those it has bound
     * @throws CannotListenException if one cannot be bound; then everything is as it was before
     */
    Set<InetSocketAddress> bind(RevisionFlows flows, ListenerSettings settings) throws CannotListenException {
        List<InetSocketAddress> wanted = flows.listeners();
        Set<InetSocketAddress> bound = new HashSet<>();
        List<Listener> gone = new ArrayList<>();
        for (InetSocketAddress address : wanted) {
            if (byAddress.containsKey(address)) {
                continue;
            }
            gone.addAll(giveWay(address, wanted));
            try {
                byAddress.put(address, new Listener(loops, address, settings, observer, flows.router(address)));
                bound.add(address);
            } catch (Exception e) {
                unbind(bound);
                gone.forEach(this::bindAgain);
                throw new CannotListenException(address, e);
            }
        }
        return bound;
    }

    private List<Listener> giveWay(InetSocketAddress address, List<InetSocketAddress> wanted) {
        List<Listener> inTheWay = byAddress.values().stream()
                .filter(each -> each.address().getPort() == address.getPort()
                        && !wanted.contains(each.address())
                        && (isAny(address) || isAny(each.address())))
                .toList();
        unbind(inTheWay.stream().map(Listener::address).toList());
        return inTheWay;
    }

    private static boolean isAny(InetSocketAddress address) {
        return address.getAddress() != null && address.getAddress().isAnyLocalAddress();
    }

    private void bindAgain(Listener former) {
        try {
            byAddress.put(
                    former.address(),
                    new Listener(loops, former.address(), former.settings(), observer, former.router()));
        } catch (Exception e) {
            LOG.atError().log("Cannot listen any more on {}: {}", text(former.address()), e.getMessage());
        }
    }

    /** An address that cannot be bound. */
    static final class CannotListenException extends Exception {
        private final transient InetSocketAddress address;

        CannotListenException(InetSocketAddress address, Exception cause) {
            super("cannot listen on " + text(address) + ": " + cause.getMessage(), cause);
            this.address = address;
        }

        InetSocketAddress address() {
            return address;
        }
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
