package io.proxystone.cli;

import io.proxystone.control.Sources;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which flows and settings are meant. */
final class SourceOptions {
    @Option(names = "--routes", paramLabel = "DIR", description = "Directory of the flow files (default: ${DEFAULT-VALUE}).")
    Path routes = Path.of("routes");

    @Option(
            names = "--config",
            paramLabel = "DIR",
            description = "Directory of application.properties and proxy-stone.yaml (default: ${DEFAULT-VALUE}).")
    Path config = Path.of("config");

    @Option(names = "--profile", paramLabel = "NAME", description = "dev, staging or prod: also reads application-NAME.properties.")
    @Nullable Profile profile;

    @Option(names = "--port", paramLabel = "PORT", description = "Sets proxy.port, the port of flows that use it.")
    @Nullable Integer port;

    /** The profiles there are. */
    enum Profile {
        dev,
        staging,
        prod
    }

    Sources sources(@Nullable String origin) {
        Map<String, String> overrides = new HashMap<>();
        if (port != null) {
            overrides.put("proxy.port", port.toString());
        }
        return new Sources(routes, config, profile == null ? null : profile.name(), overrides, origin);
    }
}
