package io.proxystone.control;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the flow files below a directory: every YAML file, but ours in {@code system}, and {@code examples} in no profile but dev. */
final class FlowFiles {
    private static final String EXAMPLES = "examples";
    private static final String SYSTEM = "system";
    private static final String DEV = "dev";

    private FlowFiles() {}

    /** The flow files in the order they are loaded. */
    static List<Path> find(Sources sources) throws IOException {
        Path directory = sources.routes();
        Set<String> skipped = DEV.equals(sources.profile()) ? Set.of(SYSTEM) : Set.of(SYSTEM, EXAMPLES);
        try (Stream<Path> files = Files.walk(directory, FileVisitOption.FOLLOW_LINKS)) {
            return files.filter(file -> isYaml(file) && Files.isRegularFile(file))
                    .filter(file -> !isIn(directory.relativize(file), skipped))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static boolean isYaml(Path file) {
        String name = file.getFileName().toString();
        return !name.startsWith(".") && (name.endsWith(".yaml") || name.endsWith(".yml"));
    }

    /** Whether a path below the directory leads through one of these, or through a hidden one. */
    private static boolean isIn(Path relative, Set<String> directories) {
        for (int i = 0; i < relative.getNameCount() - 1; i++) {
            String name = relative.getName(i).toString();
            if (name.startsWith(".") || directories.contains(name)) {
                return true;
            }
        }
        return false;
    }
}
