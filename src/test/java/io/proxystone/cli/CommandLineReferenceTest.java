package io.proxystone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.proxystone.control.FlowState;
import io.proxystone.control.Sources;
import io.proxystone.testing.Document;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** docs/reference/command-line.md has every command with its options and their defaults. */
class CommandLineReferenceTest {
    private static final Application NOTHING = new Application() {
        @Override
        public void run(Sources sources, @Nullable Integer managementPort) {
            throw new AssertionError("run");
        }

        @Override
        public List<FlowState> validate(Sources sources) {
            throw new AssertionError("validate");
        }
    };

    @Test
    void everyCommandHasASection() throws Exception {
        assertThat(Document.of("reference/command-line.md").headings())
                .containsExactlyInAnyOrderElementsOf(commands().keySet());
    }

    @TestFactory
    Stream<DynamicTest> everySectionHasTheOptionsOfItsCommand() {
        return commands().entrySet().stream()
                .map(command -> DynamicTest.dynamicTest(command.getKey(), () -> {
                    Map<String, List<String>> rows = Document.of("reference/command-line.md")
                            .section(command.getKey())
                            .rows();
                    boolean top = command.getKey().equals("proxy-stone");
                    List<OptionSpec> options = command.getValue().getCommandSpec().options().stream()
                            .filter(option -> top || !(option.usageHelp() || option.versionHelp()))
                            .toList();
                    assertThat(rows.keySet())
                            .containsExactlyInAnyOrderElementsOf(options.stream()
                                    .map(OptionSpec::longestName)
                                    .toList());
                    for (OptionSpec option : options) {
                        if (option.required()) {
                            assertThat(rows.get(option.longestName())).first().isEqualTo("required");
                        } else if (option.defaultValue() != null) {
                            assertThat(rows.get(option.longestName())).first().isEqualTo(option.defaultValue());
                        }
                    }
                }));
    }

    /** Every command by what is typed for it. */
    private static Map<String, CommandLine> commands() {
        Map<String, CommandLine> commands = new TreeMap<>();
        add(Commands.commandLine(NOTHING), commands);
        return commands;
    }

    private static void add(CommandLine command, Map<String, CommandLine> commands) {
        commands.put(command.getCommandSpec().qualifiedName(), command);
        command.getSubcommands().values().forEach(each -> add(each, commands));
    }
}
