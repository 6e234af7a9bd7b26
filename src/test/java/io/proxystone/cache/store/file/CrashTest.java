package io.proxystone.cache.store.file;

import static io.proxystone.cache.store.Samples.KEY;
import static io.proxystone.cache.store.Samples.content;
import static io.proxystone.cache.store.Samples.head;
import static io.proxystone.cache.store.Samples.language;
import static io.proxystone.cache.store.Samples.received;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.proxystone.cache.CacheKey;
import io.proxystone.cache.StoredContent.Reading;
import io.proxystone.cache.StoredHead;
import io.proxystone.cache.StoredResponse;
import io.proxystone.http.Fields;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that end in the middle of something: what is found afterwards is whole and right, and nothing else is left. */
class CrashTest {
    private static final CacheKey OTHER = new CacheKey("http://example.org/other");
    private static final int SIZE = 2 * Blocks.SIZE + 1000;

    /** By the time a response was received, the seed of its content. */
    private static final Map<Long, Integer> CONTENTS =
            Map.of(10L, 1, 11L, 1, 12L, 1, 20L, 2, 21L, 2, 30L, 3, 40L, 4, 50L, 5);

    @TempDir
    Path parent;

    /** Stores, freshens, replaces and removes on a volume that dies before a change to the disk; returns how many there were. */
    private static int change(Path directory, int died) {
        FaultyVolume volume = new FaultyVolume();
        AtomicInteger changes = new AtomicInteger();
        volume.fault = (operation, file) -> {
            if (operation.isChange() && changes.getAndIncrement() >= died) {
                throw new IOException("The process has ended");
            }
        };
        FileStoreSettings settings = PatientSettings.of(directory);
        try (FileResponseStore store = new FileResponseStore(settings, volume, () -> 0)) {
            write(store, KEY, head(1, language("de"), received(10)));
            store.freshen(KEY, head(1, language("de"), received(11)));
            store.freshen(KEY, head(1, language("de"), received(12)));
            write(store, KEY, head(2, language("en"), received(20)));
            store.freshen(KEY, head(2, language("en"), received(21)));
            write(store, KEY, head(3, language("de"), received(30)));
            write(store, KEY, head(2, language("en"), received(40)));
            store.remove(KEY, 3);
            write(store, OTHER, head(5, language("en"), received(50)));
        }
        return changes.get();
    }

    private static void write(FileResponseStore store, CacheKey key, StoredHead head) {
        var writing = store.write(key, head);
        writing.append(
                ByteBuffer.wrap(content(SIZE, CONTENTS.get(head.freshness().received()))));
        writing.commit(Fields.EMPTY);
    }

    private static List<StoredResponse> find(FileResponseStore store, CacheKey key) throws Exception {
        return store.find(key).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private static byte[] read(StoredResponse response) throws Exception {
        ByteBuffer content = ByteBuffer.allocate((int) response.content().size());
        try (Reading reading = response.content().read(0)) {
            reading.read(content).toCompletableFuture().get(20, TimeUnit.SECONDS);
        }
        return content.array();
    }

    private static void assertWholeAndRight(StoredResponse response) throws Exception {
        int seed = CONTENTS.get(response.head().freshness().received());
        assertThat(read(response)).isEqualTo(content(SIZE, seed));
    }

    /** Every file in the directory is one of an entry, and the index has it. */
    private static void awaitNothingElse(FileResponseStore store, Path directory) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(store.statistics().octets()).isEqualTo(octets(directory)));
    }

    private static long octets(Path directory) throws IOException {
        long octets = 0;
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                octets += file.endsWith("VERSION") ? 0 : Files.size(file);
            }
        }
        return octets;
    }

    @Test
    void everyStepMayBeTheLast() throws Exception {
        int steps = change(parent.resolve("whole"), Integer.MAX_VALUE);
        assertThat(steps).isGreaterThan(40);
        for (int died = 0; died <= steps; died++) {
            Path directory = parent.resolve("died-" + died);
            change(directory, died);
            try (FileResponseStore store = new FileResponseStore(PatientSettings.of(directory))) {
                List<StoredResponse> found = find(store, KEY);
                assertThat(found).extracting(each -> each.head().selection()).doesNotHaveDuplicates();
                for (StoredResponse each : found) {
                    assertWholeAndRight(each);
                }
                awaitNothingElse(store, directory);
                if (died == steps) {
                    assertThat(found)
                            .extracting(each -> each.head().freshness().received())
                            .containsExactly(40L);
                    assertThat(find(store, OTHER)).hasSize(1);
                }
                assertThat(store.statistics().failures()).isZero();
            }
        }
    }

    @Test
    void killedProcessLeavesOnlyWhatIsWholeAndRight() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Path directory = parent.resolve("killed");
        for (int round = 1; round <= 10; round++) {
            killAfter(1 + random.nextInt(60), directory, round);
            try (FileResponseStore store = new FileResponseStore(PatientSettings.of(directory))) {
                for (CacheKey key : WritingProcess.KEYS) {
                    for (StoredResponse each : find(store, key)) {
                        byte[] expected =
                                content((int) each.content().size(), each.head().id());
                        assertThat(read(each))
                                .as("Seed %d, round %d", seed, round)
                                .isEqualTo(expected);
                    }
                }
                awaitNothingElse(store, directory);
                assertThat(store.statistics().responses()).isPositive();
                assertThat(store.statistics().failures()).isZero();
            }
        }
    }

    /** Has a process write until it has said so many lines, and kills it in the middle of whatever it does then. */
    private void killAfter(int lines, Path directory, int round) throws Exception {
        Process process = WritingProcess.start(directory, round);
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (int i = 0; i < lines; i++) {
                assertThat(out.readLine()).startsWith("stored");
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
    }
}
