package io.proxystone.config;

import java.time.Duration;

/**
 * How the process, or an old revision of the flows, comes to its end.
 *
 * @param delay how long new connections are still taken after readiness has turned down
 * @param timeout how long requests under way may take to end; then they are cut
 */
public record ShutdownSettings(Duration delay, Duration timeout) {
    public static final ShutdownSettings DEFAULT = new ShutdownSettings(Duration.ZERO, Duration.ofSeconds(30));
}
