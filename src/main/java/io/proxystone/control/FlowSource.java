package io.proxystone.control;

import io.proxystone.config.Finding;
import io.proxystone.config.InvalidFilesException;
import io.proxystone.config.TextFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.ResourceHelper;

/** The flow files of a revision as they were read once, by the name their user knows them by. */
final class FlowSource {
    private final Map<String, String> texts;

    private FlowSource(Map<String, String> texts) {
        this.texts = texts;
    }

    /**
     * Reads the flow files of a directory.
     *
     * @throws InvalidFilesException if there is no such directory, or a file in it cannot be read as text
     */
    static FlowSource read(Sources sources) throws IOException, InvalidFilesException {
        if (!Files.isDirectory(sources.routes())) {
            throw new InvalidFilesException(new Finding(
                    sources.routes().toString(), 0, null, "no such directory; flow files are looked for in it"));
        }
        Map<String, String> texts = new LinkedHashMap<>();
        for (Path file : FlowFiles.find(sources)) {
            texts.put(file.toString(), TextFile.read(file));
        }
        return new FlowSource(texts);
    }

    static FlowSource of(String name, String text) {
        return new FlowSource(Map.of(name, text));
    }

    List<String> names() {
        return List.copyOf(texts.keySet());
    }

    String text(String name) {
        return texts.getOrDefault(name, "");
    }

    List<Resource> resources() {
        List<Resource> resources = new ArrayList<>();
        texts.forEach((name, text) -> resources.add(ResourceHelper.fromString(name, text)));
        return resources;
    }
}
