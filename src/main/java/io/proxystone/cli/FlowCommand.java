package io.proxystone.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.proxystone.config.Finding;
import io.proxystone.config.InvalidFilesException;
import io.proxystone.config.YamlFile;
import io.proxystone.control.ProcessSettings;
import io.proxystone.upstream.Target;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code flow}: makes and lists flows. */
@Command(name = "flow", description = "Makes and lists flows.", mixinStandardHelpOptions = true)
final class FlowCommand {
    private static final String NAME_FORM = "[A-Za-z0-9][A-Za-z0-9._-]*";

    private static final String PATH_FORM = "/[A-Za-z0-9._~!$&'()*+,;=:@%/{}-]*";

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Command(
            name = "new",
            description = "Writes a flow file, and the upstream it uses into proxy-stone.yaml.",
            mixinStandardHelpOptions = true)
    int create(
            @Parameters(paramLabel = "NAME", description = "The flow's id, which also names its file and its upstream.")
                    String name,
            @Option(
                            names = "--path",
                            required = true,
                            paramLabel = "PATH",
                            description = "The path it serves, with all below.")
                    String path,
            @Option(names = "--origin", required = true, paramLabel = "URL", description = "Where its requests go.")
                    String origin,
            @Option(
                            names = "--routes",
                            paramLabel = "DIR",
                            description = "Directory of the flow files (default: as for run).")
                    @Nullable
                    Path routesGiven,
            @Option(
                            names = "--config",
                            paramLabel = "DIR",
                            description = "Directory of proxy-stone.yaml (default: as for run).")
                    @Nullable
                    Path configGiven)
            throws IOException, InvalidFilesException {
        if (!name.matches(NAME_FORM)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "NAME: '" + name + "' has other characters than letters, digits, '.', '_' and '-'");
        }
        if (!path.matches(PATH_FORM)) {
            throw new ParameterException(spec.commandLine(), "--path: '" + path + "' is not a path such as /catalog");
        }
        Target target;
        try {
            target = Target.parse(origin);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--origin: " + e.getMessage(), e);
        }
        Path routes = routesGiven == null ? SourceOptions.inHome("routes") : routesGiven;
        Path config = configGiven == null ? SourceOptions.inHome("config") : configGiven;
        Path file = routes.resolve(name + ".camel.yaml");
        Path settings = config.resolve("proxy-stone.yaml");
        String changed = FlowTemplate.withUpstream(
                Files.exists(settings) ? Files.readString(settings) : "", name, target, upstreamExists(settings, name));
        if (Files.exists(file)) {
            throw new InvalidFilesException(
                    new Finding(file.toString(), 0, null, "exists already; nothing was changed"));
        }
        if (!YamlFile.parse(changed, settings.toString(), UnaryOperator.identity())
                .root()
                .path("upstreams")
                .has(name)) {
            throw new InvalidFilesException(new Finding(
                    settings.toString(),
                    0,
                    "upstreams",
                    "is written in a form that this command cannot add to; nothing was changed"));
        }
        Files.createDirectories(routes);
        Files.createDirectories(config);
        // The upstream comes first: a running gateway may take up the flow at once.
        Files.writeString(settings, changed);
        Files.writeString(file, FlowTemplate.flow(name, path), StandardOpenOption.CREATE_NEW);
        PrintWriter out = spec.commandLine().getOut();
        out.println("Wrote " + file);
        out.println("Wrote upstream " + name + " into " + settings);
        return 0;
    }

    private static boolean upstreamExists(Path settings, String name) throws InvalidFilesException {
        if (!Files.exists(settings)) {
            return false;
        }
        YamlFile file = YamlFile.read(settings, settings.toString(), UnaryOperator.identity());
        if (file.root().path("upstreams").has(name)) {
            throw new InvalidFilesException(new Finding(
                    settings.toString(),
                    file.line("/upstreams/" + name),
                    "upstreams." + name,
                    "exists already; nothing was changed"));
        }
        return file.root().has("upstreams");
    }

    @Command(
            name = "list",
            description = "Shows the flows that a running gateway serves.",
            mixinStandardHelpOptions = true)
    int list(
            @Option(
                            names = "--management-port",
                            paramLabel = "PORT",
                            description = "Port of the running gateway's management listener (default: as for run).")
                    @Nullable
                    Integer managementPort)
            throws IOException, InterruptedException, InvalidFilesException {
        ProcessSettings process = ProcessSettings.read(new SourceOptions().sources(null));
        String host = process.managementHost().equals("0.0.0.0") ? "127.0.0.1" : process.managementHost();
        String address = host + ":" + (managementPort == null ? process.managementPort() : managementPort);
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + address + "/flows"))
                .build();
        PrintWriter out = spec.commandLine().getOut();
        try {
            HttpResponse<String> response =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            FlowTablePrinter.print(new ObjectMapper().readTree(response.body()), out);
            return 0;
        } catch (ConnectException e) {
            spec.commandLine().getErr().println("No gateway answers on the management port, " + address + ".");
            return 1;
        }
    }

    /** Prints flows as a table. */
    static final class FlowTablePrinter {
        private FlowTablePrinter() {}

        static void print(JsonNode flows, PrintWriter out) {
            out.printf("%-24s %-9s %-48s %s%n", "FLOW", "STATUS", "SERVES", "DEFINED IN");
            flows.forEach(flow -> out.printf(
                    "%-24s %-9s %-48s %s%n",
                    flow.path("id").asText(),
                    flow.path("status").asText(),
                    flow.path("from").asText(),
                    flow.path("file").asText()));
        }
    }
}
