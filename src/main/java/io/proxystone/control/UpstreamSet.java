package io.proxystone.control;

import io.proxystone.edge.loop.EventLoops;
import io.proxystone.upstream.UpstreamSettings;
import io.proxystone.upstream.camel.Upstreams;
import io.proxystone.upstream.netty.Names;
import io.proxystone.upstream.netty.UpstreamClient;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The upstream clients of one revision. Those whose settings did not change are the former revision's, pools and all. */
final class UpstreamSet {
    private final Map<String, UpstreamClient> clients;

    private UpstreamSet(Map<String, UpstreamClient> clients) {
        this.clients = clients;
    }

    /**
     * Makes the clients for some settings.
     *
     * @throws UnusableUpstreamException if the settings of one cannot be used; then nothing is left of the others
     */
    static UpstreamSet create(
            Map<String, UpstreamSettings> settings, @Nullable UpstreamSet former, EventLoops loops, Names names)
            throws UnusableUpstreamException {
        Map<String, UpstreamClient> clients = new HashMap<>();
        for (Map.Entry<String, UpstreamSettings> entry : settings.entrySet()) {
            UpstreamClient before = former == null ? null : former.clients.get(entry.getKey());
            boolean same = before != null && before.settings().equals(entry.getValue());
            try {
                clients.put(
                        entry.getKey(),
                        same ? before : new UpstreamClient(entry.getKey(), entry.getValue(), loops, names));
            } catch (IllegalArgumentException e) {
                new UpstreamSet(clients).closeExcept(former);
                throw new UnusableUpstreamException(entry.getKey(), e);
            }
        }
        return new UpstreamSet(clients);
    }

    /** An upstream whose TLS settings cannot be used, though they have the right form. */
    static final class UnusableUpstreamException extends Exception {
        private final String upstream;

        UnusableUpstreamException(String upstream, IllegalArgumentException cause) {
            super(cause.getMessage(), cause);
            this.upstream = upstream;
        }

        String upstream() {
            return upstream;
        }
    }

    Map<String, UpstreamClient> clients() {
        return clients;
    }

    Upstreams forFlows() {
        return new Upstreams(clients);
    }

    /** Closes the clients that another set has not taken over. */
    void closeExcept(@Nullable UpstreamSet successor) {
        for (UpstreamClient client : clients.values()) {
            if (successor == null || successor.clients.get(client.name()) != client) {
                client.close();
            }
        }
    }
}
