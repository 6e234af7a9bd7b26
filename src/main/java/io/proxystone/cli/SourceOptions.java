package io.proxystone.cli;

import io.proxystone.control.Sources;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which flows and settings are meant. */
final class SourceOptions {
    @Option(
            names = "--routes",
            paramLabel = "DIR",
            description = "Directory of the flow files (default: ${DEFAULT-VALUE}).")
    Path routes = inHome("routes");

    @Option(
            names = "--config",
            paramLabel = "DIR",
            description = "Directory of application.properties and proxy-stone.yaml (default: ${DEFAULT-VALUE}).")
    Path config = inHome("config");

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description = "dev, staging or prod: also reads application-NAME.properties.")
    @Nullable
    Profile profile;

    @Option(names = "--port", paramLabel = "PORT", description = "Sets proxy.port, the port of flows that use it.")
    @Nullable
    Integer port;

    /** The profiles there are. */
    enum Profile {
        dev,
        staging,
        prod
    }

    /** A directory of the installation, as short as it can be said from here. */
    static Path inHome(String name) {
        Path here = Path.of("").toAbsolutePath();
        Path home = Path.of(System.getProperty("proxy-stone.home", "")).toAbsolutePath();
        return home.equals(here) ? Path.of(name) : home.resolve(name);
    }

    Sources sources(@Nullable String origin) {
        Map<String, String> overrides = new HashMap<>();
        if (port != null) {
            overrides.put("proxy.port", port.toString());
        }
        return new Sources(routes, config, profile == null ? null : profile.name(), overrides, origin);
    }
}
