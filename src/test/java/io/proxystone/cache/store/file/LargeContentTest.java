package io.proxystone.cache.store.file;

import static io.proxystone.cache.store.Samples.KEY;
import static io.proxystone.cache.store.Samples.content;
import static io.proxystone.cache.store.Samples.head;
import static org.assertj.core.api.Assertions.assertThat;

import io.proxystone.cache.StoredContent.Reading;
import io.proxystone.cache.StoredResponse;
import io.proxystone.http.Fields;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Content that is larger than the memory of the process. */
class LargeContentTest {
    private static final int PIECE = 100_000;
    private static final int PIECES = 2100;

    @TempDir
    Path directory;

    @Test
    void contentIsWrittenAndReadInLittleMemory() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-Xmx24m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LargeContentTest.class.getName(),
                        directory.toString())
                .inheritIO()
                .start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    /** Writes more than 200 MiB and reads it again; fails unless it is the same. */
    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        try (FileResponseStore store = new FileResponseStore(PatientSettings.of(directory))) {
            write(store, directory);
            List<StoredResponse> found = List.of();
            while (found.isEmpty()) {
                found = store.find(KEY).toCompletableFuture().join();
            }
            read(found.get(0));
        }
    }

    private static void write(FileResponseStore store, Path directory) throws IOException {
        var writing = store.write(KEY, head(1));
        for (int i = 0; i < PIECES; i++) {
            if (!writing.append(ByteBuffer.wrap(content(PIECE, i)))) {
                throw new IllegalStateException("Refused at piece " + i);
            }
            // As a slow origin: what waits for the disk is bounded.
            while ((long) i * PIECE - written(directory) > 2 << 20) {
                Thread.onSpinWait();
            }
        }
        writing.commit(Fields.EMPTY);
    }

    private static long written(Path directory) throws IOException {
        Path temporary = directory.resolve("tmp");
        if (Files.notExists(temporary)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(temporary)) {
            return files.mapToLong(file -> file.toFile().length()).max().orElse(0);
        }
    }

    private static void read(StoredResponse response) {
        if (response.content().size() != (long) PIECES * PIECE) {
            throw new IllegalStateException("The size is " + response.content().size());
        }
        try (Reading reading = response.content().read(0)) {
            for (int i = 0; i < PIECES; i++) {
                ByteBuffer piece = ByteBuffer.allocate(PIECE);
                reading.read(piece).toCompletableFuture().join();
                if (!piece.flip().equals(ByteBuffer.wrap(content(PIECE, i)))) {
                    throw new IllegalStateException("Piece " + i + " is wrong");
                }
            }
        }
    }
}
