package io.proxystone.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Markdown file of {@code docs/} as tests read it, so that what it says stays true. */
public record Document(String text) {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```$");

    /** Reads a document by its path below {@code docs/}. */
    public static Document of(String path) throws IOException {
        return new Document(Files.readString(Path.of("docs").resolve(path)));
    }

    /** The part under a heading of the second level, up to the next one. */
    public Document section(String heading) {
        int start = text.indexOf("\n## " + heading + "\n");
        if (start < 0) {
            throw new AssertionError("No section '" + heading + "'");
        }
        int end = text.indexOf("\n## ", start + 1);
        return new Document(text.substring(start, end < 0 ? text.length() : end));
    }

    /** The headings of the second level. */
    public List<String> headings() {
        return text.lines()
                .filter(line -> line.startsWith("## "))
                .map(line -> line.substring(3))
                .toList();
    }

    /** The rows of its tables whose first cell starts with code, by that code; the cells after the first, without back quotes. */
    public Map<String, List<String>> rows() {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        text.lines().filter(line -> line.startsWith("| `")).forEach(line -> {
            List<String> cells =
                    Arrays.stream(line.split("\\|")).map(String::strip).skip(1).toList();
            String key = cells.get(0).substring(1, cells.get(0).indexOf('`', 1));
            List<String> values = new ArrayList<>();
            cells.subList(1, cells.size()).forEach(cell -> values.add(cell.replace("`", "")));
            if (rows.put(key, values) != null) {
                throw new AssertionError("Two rows for " + key);
            }
        });
        return rows;
    }

    /** The fenced blocks of a language. */
    public List<String> blocks(String language) {
        List<String> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            if (matcher.group(1).equals(language)) {
                blocks.add(matcher.group(2));
            }
        }
        return blocks;
    }
}
