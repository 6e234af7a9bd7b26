package io.proxystone.edge;

import io.proxystone.http.Cidr;
import io.proxystone.http.TrustedProxies;
import java.time.Duration;
import java.util.List;

/**
 * How listeners treat connections and requests.
 *
 * @param trustedProxies the peers whose Forwarded and X-Forwarded-* fields count
 * @param bodyBuffer the largest content that waits in memory until it is whole, in octets
 * @param limits what a client may send
 * @param timeouts how long a client may take
 * @param trace what happens to traces
 */
public record ListenerSettings(
        List<Cidr> trustedProxies, int bodyBuffer, Limits limits, Timeouts timeouts, Trace trace) {

    public static final ListenerSettings DEFAULT =
            new ListenerSettings(List.of(), 64 * 1024, Limits.DEFAULT, Timeouts.DEFAULT, Trace.DEFAULT);

    public ListenerSettings {
        trustedProxies = List.copyOf(trustedProxies);
    }

    public TrustedProxies proxies() {
        return new TrustedProxies(trustedProxies);
    }

    /**
     * What a client may send.
     *
     * @param requestLine the longest request line in octets; a longer one is answered with 414
     * @param headerSection the largest request line and field section together in octets; beyond it is 431
     * @param headerFields the most field lines; more are answered with 431
     * @param connections the most connections of a listener; further ones are answered with 503 and closed
     */
    public record Limits(int requestLine, int headerSection, int headerFields, int connections) {
        public Limits {
            if (requestLine < 1 || headerSection < requestLine) {
                throw new IllegalArgumentException(
                        "request-line is " + requestLine + " and header-section " + headerSection
                                + "; allowed: at least 1, and a header-section no smaller than the request-line");
            }
        }

        public static final Limits DEFAULT = new Limits(8 * 1024, 32 * 1024, 200, 20_000);
    }

    /**
     * How long a client may take; zero means as long as it likes.
     *
     * @param header from the first octet of a head to its last; then 408
     * @param idle between two requests; then the connection is closed
     * @param body between two pieces of content; then 408
     * @param send between two pieces of a response the client takes; then the connection is cut
     */
    public record Timeouts(Duration header, Duration idle, Duration body, Duration send) {
        public static final Timeouts DEFAULT = new Timeouts(
                Duration.ofSeconds(10), Duration.ofSeconds(75), Duration.ofSeconds(30), Duration.ofSeconds(60));
    }

    /**
     * What happens to W3C trace context.
     *
     * @param create whether a request without a valid traceparent gets one
     * @param sampled whether a created one asks for its trace to be recorded
     */
    public record Trace(boolean create, boolean sampled) {
        public static final Trace DEFAULT = new Trace(true, true);
    }
}
