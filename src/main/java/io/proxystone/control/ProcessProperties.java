package io.proxystone.control;

import io.proxystone.config.Finding;
import io.proxystone.config.InvalidFilesException;
import io.proxystone.config.TextFile;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.camel.util.IOHelper;

/** The properties of the process with the places they come from: command line, environment, profile's file, common file. */
final class ProcessProperties {
    private final Sources sources;
    private final List<PropertyFile> files;

    /** One properties file. */
    private record PropertyFile(Path path, String text, Properties properties) {}

    /** A value, and what to call its place. */
    private record Value(String text, String place, int line) {}

    private ProcessProperties(Sources sources, List<PropertyFile> files) {
        this.sources = sources;
        this.files = files;
    }

    static ProcessProperties read(Sources sources) throws InvalidFilesException {
        List<PropertyFile> files = new ArrayList<>();
        if (sources.profile() != null) {
            load(sources.config().resolve("application-" + sources.profile() + ".properties"), files);
        }
        load(sources.config().resolve("application.properties"), files);
        return new ProcessProperties(sources, files);
    }

    private static void load(Path path, List<PropertyFile> files) throws InvalidFilesException {
        if (!Files.exists(path)) {
            return;
        }
        String text = TextFile.read(path);
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException | IllegalArgumentException e) {
            throw new InvalidFilesException(new Finding(path.toString(), 0, null, String.valueOf(e.getMessage())));
        }
        files.add(new PropertyFile(path, text, properties));
    }

    String text(String key, String otherwise) {
        return value(key, otherwise).text();
    }

    /** @throws InvalidFilesException if the value is not a whole number within these two */
    int number(String key, int otherwise, int least, int most) throws InvalidFilesException {
        Value value = value(key, Integer.toString(otherwise));
        boolean isNumber = value.text().matches("\\d{1,9}");
        int number = isNumber ? Integer.parseInt(value.text()) : 0;
        if (!isNumber || number < least || number > most) {
            throw new InvalidFilesException(new Finding(
                    value.place(),
                    value.line(),
                    key,
                    "'" + value.text() + "' is not a whole number within " + least + " and " + most));
        }
        return number;
    }

    private Value value(String key, String otherwise) {
        String override = sources.overrides().get(key);
        if (override != null) {
            return new Value(override, "command line", 0);
        }
        String environment = IOHelper.lookupEnvironmentVariable(key);
        if (environment != null) {
            return new Value(environment.strip(), "environment", 0);
        }
        for (PropertyFile file : files) {
            String text = file.properties().getProperty(key);
            if (text != null) {
                return new Value(text.strip(), file.path().toString(), line(file.text(), key));
            }
        }
        return new Value(otherwise, "default", 0);
    }

    private static int line(String text, String key) {
        List<String> lines = text.lines().toList();
        for (int i = lines.size() - 1; i >= 0; i--) {
            String line = lines.get(i).strip();
            if (line.startsWith(key) && line.substring(key.length()).matches("\\s*[=:\\s].*")) {
                return i + 1;
            }
        }
        return 0;
    }
}
