package io.proxystone.control;

import io.proxystone.edge.FlowHandler;
import io.proxystone.edge.Router;
import io.proxystone.edge.camel.FlowTable;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The flows of one revision by the address they listen on. Until the revision is live nobody else sees them. */
final class RevisionFlows implements FlowTable {

    /** Learns of every change once the revision is live. */
    interface Change {
        void routerChanged(InetSocketAddress listener, Router router);
    }

    private final Map<InetSocketAddress, List<FlowHandler>> flows = new LinkedHashMap<>();
    private final LongAdder claimed = new LongAdder();
    private final LongAdder released = new LongAdder();
    private @Nullable Change live;

    @Override
    public synchronized void add(InetSocketAddress listener, FlowHandler flow) {
        List<FlowHandler> here = flows.computeIfAbsent(listener, key -> new ArrayList<>());
        here.add(flow);
        try {
            changed(listener);
        } catch (RuntimeException e) {
            here.remove(flow);
            throw e;
        }
    }

    @Override
    public synchronized void remove(InetSocketAddress listener, FlowHandler flow) {
        flows.getOrDefault(listener, new ArrayList<>()).remove(flow);
        changed(listener);
    }

    @Override
    public void claimed() {
        claimed.increment();
    }

    @Override
    public void released() {
        released.increment();
    }

    /** Whether every request that has found one of these flows has ended; exact once no more can find one. */
    boolean isIdle() {
        long before = released.sum();
        return claimed.sum() == before;
    }

    private void changed(InetSocketAddress listener) {
        if (live != null) {
            live.routerChanged(listener, router(listener));
        }
    }

    /** Has changes told from now on; null ends that. */
    synchronized void tell(@Nullable Change change) {
        live = change;
    }

    synchronized List<InetSocketAddress> listeners() {
        return List.copyOf(flows.keySet());
    }

    /** @throws IllegalArgumentException if two flows want the same requests */
    synchronized Router router(InetSocketAddress listener) {
        return new Router(flows.getOrDefault(listener, List.of()));
    }

    synchronized List<FlowHandler> flows(InetSocketAddress listener) {
        return List.copyOf(flows.getOrDefault(listener, List.of()));
    }
}
