package io.proxystone;

import static org.assertj.core.api.Assertions.assertThat;

import io.proxystone.cli.Commands;
import io.proxystone.testing.Origin;
import io.proxystone.testing.Ports;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command line: what it says, and its exit codes 0, 1 (failed) and 2 (what the user gave is wrong). */
class CommandLineTest {
    @TempDir
    Path directory;

    private Path routes;
    private Path config;

    /** What a command said and how it ended. */
    private record Result(int code, String out, String err) {}

    @BeforeEach
    void directories() throws IOException {
        routes = Files.createDirectories(directory.resolve("routes"));
        config = Files.createDirectories(directory.resolve("config"));
        Files.writeString(config.resolve("application.properties"), "proxy.host=127.0.0.1\nproxy.port=8080\n");
    }

    private static Result execute(String... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream newOut = new ByteArrayOutputStream();
        ByteArrayOutputStream newErr = new ByteArrayOutputStream();
        System.setOut(new PrintStream(newOut, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(newErr, true, StandardCharsets.UTF_8));
        try {
            int code = Commands.execute(new ProxyStone(), arguments);
            return new Result(code, newOut.toString(StandardCharsets.UTF_8), newErr.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    private Result validate(String... more) {
        return execute(
                concat(new String[] {"validate", "--routes", routes.toString(), "--config", config.toString()}, more));
    }

    private static String[] concat(String[] first, String... second) {
        String[] all = java.util.Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    private Result newFlow(String name, String... more) {
        return execute(concat(
                new String[] {"flow", "new", name, "--routes", routes.toString(), "--config", config.toString()},
                more));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "run --bogus | Unknown option: '--bogus'",
                "fly | Unmatched argument at index 0: 'fly'",
                "flow | Missing required subcommand",
                "run --profile test | expected one of [dev, staging, prod]",
                "run --port http | --port",
                "run --port 99999 | --port: 99999 is not within 1 and 65535",
                "run --port 0 | --port: 0 is not within 1 and 65535",
                "run --management-port 70000 | --management-port: 70000 is not within 1 and 65535",
                "run --origin ftp://h | --origin: 'ftp://h' is not http://host[:port][/path]",
                "run --origin localhost:80 | --origin: 'localhost:80' is not http://host",
                "run --origin http://h:99999 | --origin: The port 99999 is not within 1 and 65535",
                "run --origin http://a:hunter2@h | --origin: The URL has a query, a fragment or user information",
                "run --routes /nowhere --config / --management-port 1 | /nowhere: no such directory",
                "validate --routes /nowhere --config / | /nowhere: no such directory",
                "validate --config /nowhere | --config: there is no directory /nowhere",
                "flow new a/b --path /x --origin http://h | NAME: 'a/b' has other characters",
                "flow new a --path x --origin http://h | --path: 'x' is not a path such as /catalog",
                "flow new a --path /x --origin h | --origin: 'h' is not http://host",
                "flow new a --path /x | Missing required option: '--origin=URL'",
            })
    void wrongArgumentIsNamedAndTheExitCodeIs2(String arguments, String says) {
        Result result = execute(arguments.strip().split(" "));
        assertThat(result.err()).contains(says).doesNotContain("hunter2");
        assertThat(result.code()).isEqualTo(2);
    }

    @Test
    void newFlowIsValidAndItsUpstreamStandsInTheSettings() throws IOException {
        Files.writeString(
                config.resolve("proxy-stone.yaml"),
                "# mine\nupstreams: # all of them\n\n    # the first\n    first:\n        targets: [{url: http://h}]\n\nshutdown: {delay: 1s}\n");
        Result result = newFlow("catalog", "--path", "/catalog", "--origin", "http://127.0.0.1:9000");
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(Files.readString(routes.resolve("catalog.camel.yaml"))).contains("# ", "id: catalog");
        assertThat(Files.readString(config.resolve("proxy-stone.yaml")))
                .contains("# mine", "# the first", "    catalog:\n      targets: [{url: \"http://127.0.0.1:9000\"}]");
        assertThat(validate()).isEqualTo(new Result(0, "Valid: 1 flow" + System.lineSeparator(), ""));
    }

    @ParameterizedTest
    @CsvSource({"/", "/a.b/~c", "/a%20b", "/{id}", "/it's", "/a:", "/a=b&c"})
    void newFlowIsValidForEveryPath(String path) {
        assertThat(newFlow("any", "--path", path, "--origin", "https://[::1]:9000/base")
                        .code())
                .isZero();
        assertThat(validate().err()).isEmpty();
    }

    @Test
    void newFlowOverwritesNothing() throws IOException {
        newFlow("one", "--path", "/one", "--origin", "http://h");
        String settings = Files.readString(config.resolve("proxy-stone.yaml"));
        Result again = newFlow("one", "--path", "/two", "--origin", "http://other");
        assertThat(again.code()).isEqualTo(2);
        assertThat(again.err()).contains("upstreams.one: exists already; nothing was changed");
        Files.writeString(config.resolve("proxy-stone.yaml"), "");
        Result withoutUpstream = newFlow("one", "--path", "/two", "--origin", "http://other");
        assertThat(withoutUpstream.code()).isEqualTo(2);
        assertThat(withoutUpstream.err()).contains("one.camel.yaml: exists already; nothing was changed");
        assertThat(Files.readString(config.resolve("proxy-stone.yaml"))).isEmpty();
        assertThat(settings).contains("http://h");
    }

    @Test
    void newFlowLeavesSettingsAloneThatItCannotAddTo() throws IOException {
        Files.writeString(config.resolve("proxy-stone.yaml"), "upstreams: {a: {targets: [{url: http://h}]}}\n");
        Result result = newFlow("one", "--path", "/one", "--origin", "http://h");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("proxy-stone.yaml: upstreams: is written in a form");
        assertThat(routes.resolve("one.camel.yaml")).doesNotExist();
    }

    @Test
    void validateSaysWhatASwapWouldSay() throws IOException {
        Files.writeString(routes.resolve("a.camel.yaml"), RunningGateway.flow("a", "/a", "- to: upstream:a"));
        Result result = validate();
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err())
                .isEqualTo(routes.resolve("a.camel.yaml") + ":8: upstream:a: No upstream is named 'a'; allowed: none is"
                        + " configured" + System.lineSeparator());
    }

    @Test
    void wrongPropertyOfTheProcessIsNamedWithItsPlace() throws IOException {
        Path file = config.resolve("application.properties");
        Files.writeString(file, "# ports\nmanagement.port = many\n");
        Result result = validate();
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err())
                .contains(file + ":2: management.port: 'many' is not a whole number within 1 and 65535");
    }

    @Test
    void flowsOfARunningGatewayAreListed() throws Exception {
        try (Origin origin = Origin.saying("x");
                RunningGateway gateway =
                        RunningGateway.with().passThrough(origin.port()).start()) {
            Result result = execute("flow", "list", "--management-port", Integer.toString(gateway.managementPort()));
            assertThat(result.code()).isZero();
            assertThat(result.out()).contains("gateway", "Started", ":" + gateway.port() + " /*", "gateway.camel.yaml");
        }
        Result nobody = execute("flow", "list", "--management-port", Integer.toString(Ports.free()));
        assertThat(nobody.code()).isEqualTo(1);
        assertThat(nobody.err()).contains("No gateway answers on the management port");
    }

    @Test
    void managementPortThatIsTakenFailsTheStart() throws Exception {
        try (Origin taken = Origin.saying("x")) {
            Result result = execute(
                    "run",
                    "--origin",
                    "http://127.0.0.1:1",
                    "--config",
                    config.toString(),
                    "--port",
                    Integer.toString(Ports.free()),
                    "--management-port",
                    Integer.toString(taken.port()));
            assertThat(result.code()).isEqualTo(1);
            assertThat(result.err())
                    .contains("The management port cannot be opened on", ":" + taken.port(), "Address already in use");
        }
    }

    @Test
    void portThatIsTakenFailsTheStart() throws Exception {
        try (Origin taken = Origin.saying("x")) {
            Result result = execute(
                    "run",
                    "--origin",
                    "http://127.0.0.1:1",
                    "--config",
                    config.toString(),
                    "--port",
                    Integer.toString(taken.port()),
                    "--management-port",
                    Integer.toString(Ports.free()));
            assertThat(result.err()).contains("cannot listen on", ":" + taken.port());
            assertThat(result.code()).isEqualTo(2);
        }
    }
}
