package io.proxystone.steps;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Bodies of every kind that steps leave behind. */
public final class TestBodies {

    public byte[] bytes() {
        return "bytes".getBytes(StandardCharsets.UTF_8);
    }

    public InputStream inputStream() {
        return new ByteArrayInputStream("input stream".getBytes(StandardCharsets.UTF_8));
    }

    public File file() throws IOException {
        return path().toFile();
    }

    public Path path() throws IOException {
        Path file = Files.createTempFile("body", ".txt");
        file.toFile().deleteOnExit();
        return Files.writeString(file, "file");
    }

    public ByteBuffer byteBuffer() {
        return ByteBuffer.wrap("byte buffer".getBytes(StandardCharsets.UTF_8));
    }

    public int number() {
        return 42;
    }

    public Map<String, Object> map() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("a", 1);
        map.put("b", Arrays.asList(true, null));
        return map;
    }
}
