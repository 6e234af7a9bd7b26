package io.proxystone.cli;

import io.proxystone.control.SingleOrigin;
import io.proxystone.control.Sources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say which flows and settings are meant. */
final class SourceOptions {
    private static final int MAX_PORT = 65_535;

    @Spec(Spec.Target.MIXEE)
    CommandSpec command = CommandSpec.create();

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

    Sources sources(@Nullable SingleOrigin origin) {
        if (!config.equals(inHome("config")) && !Files.isDirectory(config)) {
            throw new ParameterException(command.commandLine(), "--config: there is no directory " + config);
        }
        Map<String, String> overrides = new HashMap<>();
        if (port != null) {
            checkPort("--port", port);
            overrides.put("proxy.port", port.toString());
        }
        return new Sources(routes, config, profile == null ? null : profile.name(), overrides, origin);
    }

    /** @throws ParameterException if there can be no such port */
    void checkPort(String option, int number) {
        if (number < 1 || number > MAX_PORT) {
            throw new ParameterException(
                    command.commandLine(), option + ": " + number + " is not within 1 and " + MAX_PORT);
        }
    }
}
