package io.proxystone.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
            description = "Passes every request to this one origin; no flow files are read.")
    @Nullable
    String origin;

    RunCommand(Application application) {
        this.application = application;
    }

    @Override
    public Integer call() throws Exception {
        application.run(options.sources(origin), managementPort);
        return 0;
    }
}
