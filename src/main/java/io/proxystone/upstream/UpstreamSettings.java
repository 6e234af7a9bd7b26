package io.proxystone.upstream;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An upstream as it is configured.
 *
 * @param targets its servers; one for now
 * @param host which Host they see
 * @param timeouts how long they may take
 * @param pool how many connections there may be
 * @param tls how their certificates are judged
 * @param responseBuffer the largest response content that waits in memory until it is whole, in octets
 */
public record UpstreamSettings(
        List<Server> targets, HostPolicy host, Timeouts timeouts, Pool pool, Tls tls, int responseBuffer) {

    private static final int DEFAULT_RESPONSE_BUFFER = 64 * 1024;

    public UpstreamSettings {
        targets = List.copyOf(targets);
        if (targets.size() != 1) {
            throw new IllegalArgumentException("targets has " + targets.size() + " entries; exactly one is allowed");
        }
    }

    /** Default settings for one target. */
    public static UpstreamSettings of(Target target) {
        return new UpstreamSettings(
                List.of(new Server(target)),
                HostPolicy.PRESERVE,
                Timeouts.DEFAULT,
                Pool.DEFAULT,
                Tls.DEFAULT,
                DEFAULT_RESPONSE_BUFFER);
    }

    public Target target() {
        return targets.get(0).url();
    }

    /** A server among the targets. */
    public record Server(Target url) {}

    /**
     * How long an origin may take; zero means as long as it likes.
     *
     * @param connect to accept a connection, TLS included
     * @param response from the request until the head of the response
     * @param idle between two pieces of content, in either direction
     * @param total from the request until the last octet of the response
     */
    public record Timeouts(Duration connect, Duration response, Duration idle, Duration total) {
        public static final Timeouts DEFAULT =
                new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ZERO);
    }

    /**
     * How many connections there may be.
     *
     * @param maxConnections the most to the target, over all event loops
     * @param maxIdle the most that wait for a next request, for each event loop
     * @param idleTime how long one waits before it is closed
     * @param maxWaiting the most requests that wait for a connection, for each event loop; further ones fail at once
     * @param waitTime how long a request waits for a connection
     */
    public record Pool(int maxConnections, int maxIdle, Duration idleTime, int maxWaiting, Duration waitTime) {
        public static final Pool DEFAULT = new Pool(1024, 256, Duration.ofSeconds(55), 4096, Duration.ofSeconds(5));
    }

    /**
     * How certificates of HTTPS targets are judged.
     *
     * @param verify whether the certificate must be valid and for the target's host
     * @param trust a PEM file of certificates to trust instead of the platform's
     * @param serverName the name to ask for and to verify instead of the target's host
     */
    public record Tls(
            boolean verify,
            @Nullable String trust,
            @Nullable String serverName) {
        public static final Tls DEFAULT = new Tls(true, null, null);
    }
}
