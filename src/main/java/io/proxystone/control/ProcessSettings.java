package io.proxystone.control;

import io.proxystone.config.InvalidFilesException;

/**
 * What of {@code application.properties} the process needs before there is a Camel context.
 *
 * @param managementHost where the management port listens
 * @param managementPort its number
 * @param threads the event loops
 */
public record ProcessSettings(String managementHost, int managementPort, int threads) {
    private static final int DEFAULT_MANAGEMENT_PORT = 9876;
    private static final int MAX_PORT = 65_535;
    private static final int MAX_THREADS = 1024;

    /**
     * Reads the properties in the order Camel does: command line, environment, profile, common file.
     *
     * @throws InvalidFilesException if one of them is wrong
     */
    public static ProcessSettings read(Sources sources) throws InvalidFilesException {
        ProcessProperties properties = ProcessProperties.read(sources);
        int threads = properties.number("proxy.threads", 0, 0, MAX_THREADS);
        return new ProcessSettings(
                properties.text("management.host", "127.0.0.1"),
                properties.number("management.port", DEFAULT_MANAGEMENT_PORT, 1, MAX_PORT),
                threads == 0 ? Runtime.getRuntime().availableProcessors() : threads);
    }
}
