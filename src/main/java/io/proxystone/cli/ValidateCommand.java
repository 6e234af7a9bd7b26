package io.proxystone.cli;

import io.proxystone.control.FlowState;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code validate}: checks without serving. */
@Command(
        name = "validate",
        description = "Checks flows and settings without serving them; exits with 2 if anything is wrong.",
        mixinStandardHelpOptions = true)
final class ValidateCommand implements Callable<Integer> {
    private final Application application;

    @Mixin
    SourceOptions options = new SourceOptions();

    @Spec
    CommandSpec spec = CommandSpec.create();

    ValidateCommand(Application application) {
        this.application = application;
    }

    @Override
    public Integer call() throws Exception {
        List<FlowState> flows = application.validate(options.sources(null));
        spec.commandLine().getOut().println("Valid: " + flows.size() + (flows.size() == 1 ? " flow" : " flows"));
        return 0;
    }
}
