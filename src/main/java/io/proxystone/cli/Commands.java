package io.proxystone.cli;

import io.proxystone.config.Finding;
import io.proxystone.config.InvalidFilesException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code proxy-stone} with its subcommands. */
@Command(
        name = "proxy-stone",
        description = "A caching HTTP reverse proxy and API gateway whose flows are Apache Camel routes in YAML.",
        versionProvider = Commands.Version.class,
        mixinStandardHelpOptions = true)
public final class Commands implements Runnable {
    private static final int FAILED = 1;
    private static final int INVALID = 2;

    @Spec
    CommandSpec spec = CommandSpec.create();

    /** Runs a command line and returns the exit code: 0, 1 if it failed, 2 if what the user gave is wrong. */
    public static int execute(Application application, String... arguments) {
        return commandLine(application).execute(arguments);
    }

    static CommandLine commandLine(Application application) {
        return new CommandLine(new Commands())
                .addSubcommand(new RunCommand(application))
                .addSubcommand(new ValidateCommand(application))
                .addSubcommand(new FlowCommand())
                .setExecutionExceptionHandler(Commands::report);
    }

    private static int report(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        PrintWriter err = command.getErr();
        if (failure instanceof InvalidFilesException invalid) {
            for (Finding finding : invalid.findings()) {
                err.println(finding);
            }
            return INVALID;
        }
        err.println("proxy-stone: " + (failure.getMessage() == null ? failure.toString() : failure.getMessage()));
        return FAILED;
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Which command? 'proxy-stone run' serves the flows in routes/.");
    }

    /** The version the jar was built as. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Commands.class.getPackage().getImplementationVersion();
            return new String[] {
                "Proxy Stone " + (version == null ? "(not packaged)" : version),
                "Java " + Runtime.version() + " (" + System.getProperty("java.vendor") + ")"
            };
        }
    }
}
