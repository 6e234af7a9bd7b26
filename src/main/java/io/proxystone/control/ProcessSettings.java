package io.proxystone.control;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.camel.util.IOHelper;

/**
 * What of {@code application.properties} the process needs before there is a Camel context.
 *
 * @param managementHost where the management port listens
 * @param managementPort its number
 * @param threads the event loops
 */
public record ProcessSettings(String managementHost, int managementPort, int threads) {
    private static final String DEFAULT_MANAGEMENT_PORT = "9876";

    /** Reads the properties in the order Camel does: command line, environment, profile, common file. */
    public static ProcessSettings read(Sources sources) throws IOException {
        Properties properties = new Properties();
        load(sources.config().resolve("application.properties"), properties);
        if (sources.profile() != null) {
            load(sources.config().resolve("application-" + sources.profile() + ".properties"), properties);
        }
        int threads = number("proxy.threads", get(sources, properties, "proxy.threads", "0"));
        return new ProcessSettings(
                get(sources, properties, "management.host", "127.0.0.1"),
                number("management.port", get(sources, properties, "management.port", DEFAULT_MANAGEMENT_PORT)),
                threads == 0 ? Runtime.getRuntime().availableProcessors() : threads);
    }

    private static void load(Path file, Properties properties) throws IOException {
        if (Files.exists(file)) {
            try (InputStream in = Files.newInputStream(file)) {
                properties.load(in);
            }
        }
    }

    private static String get(Sources sources, Properties properties, String key, String otherwise) {
        String override = sources.overrides().get(key);
        String environment = IOHelper.lookupEnvironmentVariable(key);
        return override != null
                ? override
                : environment != null
                        ? environment
                        : properties.getProperty(key, otherwise).strip();
    }

    private static int number(String key, String text) {
        if (!text.matches("\\d{1,6}")) {
            throw new IllegalArgumentException(
                    "application.properties: " + key + ": '" + text + "' is not a whole number");
        }
        return Integer.parseInt(text);
    }
}
