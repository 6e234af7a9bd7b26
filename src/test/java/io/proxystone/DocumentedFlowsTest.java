package io.proxystone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.proxystone.config.SettingsFile;
import io.proxystone.testing.Document;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the documents print as flows and settings can be loaded. */
class DocumentedFlowsTest {
    private static final List<String> UPSTREAMS =
            List.of("catalog", "catalog-standby", "stock", "api", "forms", "shop", "auth");

    @TempDir
    Path directory;

    @Test
    void everyFlowOfTheDocumentsCanBeServed() throws Exception {
        RunningGateway.Builder builder = RunningGateway.with();
        int number = 0;
        for (String document : List.of("flows.md", "caching.md", "upstreams.md", "getting-started.md")) {
            for (String block : Document.of(document).blocks("yaml")) {
                if (block.startsWith("- ")) {
                    number++;
                    builder.flow("flow-" + number, asFile(block, number));
                }
            }
        }
        assertThat(number).isGreaterThan(20);
        StringBuilder settings = new StringBuilder("upstreams:\n");
        UPSTREAMS.forEach(
                name -> settings.append("  ").append(name).append(": {targets: [{url: \"http://127.0.0.1:1\"}]}\n"));
        try (RunningGateway gateway = builder.settings(settings.toString()).start()) {
            assertThat(gateway.manage("/health/ready").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void allSettingsOfTheDocumentsAreValid() throws Exception {
        List<String> blocks = Stream.of("caching.md", "upstreams.md", "getting-started.md")
                .flatMap(name -> {
                    try {
                        return Document.of(name).blocks("yaml").stream();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .filter(block -> Stream.of("upstreams:", "caches:", "listener:").anyMatch(block::startsWith))
                .toList();
        assertThat(blocks).hasSizeGreaterThan(7);
        for (String block : blocks) {
            Files.writeString(directory.resolve(SettingsFile.NAME), block);
            assertThatCode(() -> new SettingsFile(Map.of()).load(directory)).doesNotThrowAnyException();
        }
    }

    /** A block as a file of its own whose ids and paths no other block has. */
    private static String asFile(String block, int number) {
        boolean wholeFile = Stream.of("- route:", "- beans:", "- routeConfiguration:", "- onException:")
                .anyMatch(block::startsWith);
        return wholeFile
                ? block.replaceAll("(- route:\\s+id: )([\\w-]+)", "$1$2-" + number)
                        .replace("{{proxy.port}}/", "{{proxy.port}}/" + number + "/")
                : RunningGateway.flow("steps-" + number, "/" + number, block);
    }
}
