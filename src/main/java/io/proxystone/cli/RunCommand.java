package io.proxystone.cli;

import io.proxystone.control.SingleOrigin;
import io.proxystone.upstream.Target;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code run}: serves. */
@Command(
        name = "run",
        description = "Serves the flows until the process is told to end.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    private final Application application;

    @Mixin
    SourceOptions options = new SourceOptions();

    @Option(names = "--management-port", paramLabel = "PORT", description = "Port of health checks and metrics.")
    @Nullable
    Integer managementPort;

    @Option(
            names = "--origin",
            paramLabel = "URL",
            description = "Passes every request to this one origin, through a cache; no flow files are read.")
    @Nullable
    String origin;

    @Option(names = "--no-cache", description = "With --origin: caches nothing.")
    boolean noCache;

    RunCommand(Application application) {
        this.application = application;
    }

    @Override
    public Integer call() throws Exception {
        if (managementPort != null) {
            options.checkPort("--management-port", managementPort);
        }
        if (origin != null) {
            checkOrigin(origin);
        }
        if (noCache && origin == null) {
            throw new ParameterException(
                    options.command.commandLine(),
                    "--no-cache goes with --origin; flow files say themselves what is cached");
        }
        application.run(options.sources(origin == null ? null : new SingleOrigin(origin, !noCache)), managementPort);
        return 0;
    }

    private void checkOrigin(String url) {
        try {
            Target.parse(url);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(options.command.commandLine(), "--origin: " + e.getMessage(), e);
        }
    }
}
