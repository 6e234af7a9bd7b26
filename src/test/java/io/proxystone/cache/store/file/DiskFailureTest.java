package io.proxystone.cache.store.file;

import static io.proxystone.cache.store.Samples.KEY;
import static io.proxystone.cache.store.Samples.content;
import static io.proxystone.cache.store.Samples.head;
import static io.proxystone.cache.store.Samples.received;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.proxystone.cache.CacheKey;
import io.proxystone.cache.CacheSettings.Files.Fsync;
import io.proxystone.cache.ResponseStore;
import io.proxystone.cache.StoredContent.Reading;
import io.proxystone.cache.StoredResponse;
import io.proxystone.cache.store.file.FaultyVolume.Operation;
import io.proxystone.http.Fields;
import io.proxystone.testing.LogCapture;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Disks that are full, slow, broken or gone: callers see misses and refusals, and nothing else. */
class DiskFailureTest {
    private static final CacheKey OTHER = new CacheKey("http://example.org/other");

    @TempDir
    Path parent;

    private final FaultyVolume volume = new FaultyVolume();
    private Path directory;
    private FileResponseStore store;
    private final AtomicLong now = new AtomicLong();

    @BeforeEach
    void open() {
        directory = parent.resolve("store");
        open(Duration.ofSeconds(20), 64 << 20);
        await().until(() -> Files.exists(directory.resolve("VERSION")));
    }

    private void open(Duration timeout, long backlog) {
        if (store != null) {
            store.close();
        }
        FileStoreSettings settings =
                new FileStoreSettings(directory, 64 << 20, 64 << 20, Fsync.COMMIT, 2, backlog, timeout);
        store = new FileResponseStore(settings, volume, now::get);
    }

    @AfterEach
    void close() {
        volume.fault = (operation, file) -> {};
        store.close();
    }

    private void failing(Operation... operations) {
        List<Operation> failing = List.of(operations);
        volume.fault = (operation, file) -> {
            if (failing.contains(operation)) {
                throw new IOException("No space left on device");
            }
        };
    }

    private void working() {
        volume.fault = (operation, file) -> {};
        // A store that could not write tries again after a while.
        now.addAndGet(TimeUnit.SECONDS.toNanos(2));
    }

    private boolean write(CacheKey key, long id, int size) {
        ResponseStore.Writing writing = store.write(key, head(id));
        boolean taken = writing.append(ByteBuffer.wrap(content(size, id)));
        writing.commit(Fields.EMPTY);
        return taken;
    }

    private List<StoredResponse> find(CacheKey key) throws Exception {
        return store.find(key).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private void storeOne() {
        write(KEY, 1, 200_000);
        await().until(() -> find(KEY).size() == 1);
    }

    private byte[] read(StoredResponse response) throws Exception {
        ByteBuffer all = ByteBuffer.allocate((int) response.content().size());
        try (Reading reading = response.content().read(0)) {
            reading.read(all).toCompletableFuture().get(20, TimeUnit.SECONDS);
        }
        return all.array();
    }

    private long temporaries() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("tmp"))) {
            return files.count();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CREATE", "WRITE", "FORCE", "RENAME"})
    void responseThatCannotBeWrittenIsNotStored(Operation operation) throws Exception {
        storeOne();
        failing(operation);
        write(OTHER, 2, 200_000);
        await().until(() -> store.statistics().failures() == 1);
        assertThat(find(OTHER)).isEmpty();
        assertThat(read(find(KEY).get(0))).isEqualTo(content(200_000, 1));
        assertThat(temporaries()).isZero();
        working();
        write(OTHER, 3, 200_000);
        await().until(() -> find(OTHER).size() == 1);
        assertThat(store.statistics().failures()).isEqualTo(1);
    }

    @Test
    void responseIsRefusedAsSoonAsItCannotBeWritten() {
        failing(Operation.WRITE);
        ResponseStore.Writing writing = store.write(KEY, head(1));
        await().until(() -> !writing.append(ByteBuffer.wrap(content(70_000, 1))));
        writing.abort();
    }

    @Test
    void nothingIsTriedForAWhileAfterAFailureToWrite() {
        failing(Operation.CREATE);
        write(KEY, 1, 10);
        await().until(() -> store.statistics().failures() == 1);
        volume.fault = (operation, file) -> {};
        assertThat(write(KEY, 2, 10)).isFalse();
        now.addAndGet(TimeUnit.MILLISECONDS.toNanos(999));
        assertThat(write(KEY, 3, 10)).isFalse();
        now.addAndGet(TimeUnit.MILLISECONDS.toNanos(1));
        assertThat(write(KEY, 4, 10)).isTrue();
        await().until(() -> find(KEY).get(0).head().id() == 4);
    }

    @Test
    void aPartOfTheEntriesGoesWhenOthersHaveFilledTheDisk() {
        for (int i = 0; i < 50; i++) {
            write(new CacheKey("http://example.org/" + i), i, 1000);
        }
        await().until(() -> store.statistics().responses() == 50);
        failing(Operation.WRITE);
        volume.free.set(1000);
        write(KEY, 99, 10);
        await().until(() -> store.statistics().evicted() == 1);
        assertThat(store.statistics().responses()).isEqualTo(49);
    }

    @Test
    void freshenThatFailsLeavesTheOlderHead() throws Exception {
        storeOne();
        for (Operation operation : List.of(Operation.CREATE, Operation.WRITE, Operation.FORCE, Operation.RENAME)) {
            long failures = store.statistics().failures();
            failing(operation);
            store.freshen(KEY, head(1).with(received(7)));
            await().until(() -> store.statistics().failures() == failures + 1);
            assertThat(find(KEY).get(0).head().freshness().received()).isEqualTo(1);
            assertThat(temporaries()).isZero();
        }
        working();
        store.freshen(KEY, head(1).with(received(7)));
        await().until(() -> find(KEY).get(0).head().freshness().received() == 7);
        assertThat(read(find(KEY).get(0))).isEqualTo(content(200_000, 1));
    }

    @Test
    void errorInReadingIsAMissAndTheEntryGoes() throws Exception {
        storeOne();
        StoredResponse found = find(KEY).get(0);
        failing(Operation.READ);
        try (Reading reading = found.content().read(0)) {
            assertThat(reading.read(ByteBuffer.allocate(10)))
                    .failsWithin(Duration.ofSeconds(20))
                    .withThrowableThat()
                    .withCauseInstanceOf(IOException.class);
        }
        assertThat(find(KEY)).isEmpty();
        assertThat(store.statistics().failures()).isEqualTo(1);
        assertThat(store.statistics().responses()).isZero();
    }

    @Test
    void errorInReadingAHeadIsAMissAndTheEntryGoes() throws Exception {
        storeOne();
        failing(Operation.READ);
        assertThat(find(KEY)).isEmpty();
        working();
        assertThat(find(KEY)).isEmpty();
        assertThat(store.statistics().failures()).isEqualTo(1);
    }

    @Test
    void fileThatCannotBeOpenedIsAMissAndTheEntryStays() throws Exception {
        storeOne();
        failing(Operation.OPEN);
        assertThat(find(KEY)).isEmpty();
        assertThat(store.statistics().failures()).isEqualTo(1);
        working();
        assertThat(read(find(KEY).get(0))).isEqualTo(content(200_000, 1));
    }

    @Test
    void fileThatCannotBeDeletedIsNotFoundAnyMore() throws Exception {
        storeOne();
        failing(Operation.DELETE);
        store.remove(KEY);
        await().until(() -> store.statistics().failures() == 1);
        assertThat(find(KEY)).isEmpty();
    }

    @Test
    void lookUpThatTakesTooLongIsAMiss() throws Exception {
        storeOne();
        open(Duration.ofMillis(50), 64 << 20);
        CountDownLatch answers = new CountDownLatch(1);
        volume.fault = (operation, file) -> {
            if (operation == Operation.OPEN && file.toString().contains(KEY.digest())) {
                waitFor(answers);
            }
        };
        assertThat(find(KEY)).isEmpty();
        assertThat(store.statistics().failures()).isEqualTo(1);
        answers.countDown();
    }

    @Test
    void whatIsRemovedIsNotFoundFromThenOnHoweverLongItTakes() throws Exception {
        List<Runnable> removals = List.of(() -> store.remove(KEY), () -> store.remove(KEY, 1), () -> store.clear());
        for (Runnable removal : removals) {
            storeOne();
            CountDownLatch answers = new CountDownLatch(1);
            volume.fault = (operation, file) -> {
                if (operation.isChange()) {
                    waitFor(answers);
                }
            };
            store.freshen(KEY, head(1));
            removal.run();
            assertThat(find(KEY)).isEmpty();
            answers.countDown();
            await().until(() -> store.statistics().octets() == 0);
            assertThat(find(KEY)).isEmpty();
        }
    }

    @Test
    void responseIsRefusedWhenTooMuchWaitsForTheDisk() throws Exception {
        storeOne();
        CountDownLatch answers = new CountDownLatch(1);
        volume.fault = (operation, file) -> {
            if (operation == Operation.WRITE) {
                waitFor(answers);
            }
        };
        ResponseStore.Writing writing = store.write(OTHER, head(1));
        int taken = 0;
        while (writing.append(ByteBuffer.wrap(content(Blocks.SIZE, 1)))) {
            taken += Blocks.SIZE;
        }
        writing.abort();
        assertThat(taken).isEqualTo((4 << 20) + Blocks.SIZE);
        assertThat(store.statistics().failures()).isEqualTo(1);
        answers.countDown();
        await().until(() -> temporaries() == 0);
        assertThat(find(OTHER)).isEmpty();
    }

    @Test
    void responsesAreRefusedWhenTooMuchOfAllOfThemWaitsForTheDisk() {
        open(Duration.ofSeconds(20), 1 << 20);
        CountDownLatch answers = new CountDownLatch(1);
        volume.fault = (operation, file) -> {
            if (operation == Operation.WRITE) {
                waitFor(answers);
            }
        };
        int taken = 0;
        int id = 0;
        while (write(new CacheKey("http://example.org/" + id), id, 200_000)) {
            id++;
            taken += 3 * Blocks.SIZE;
        }
        assertThat(taken).isLessThanOrEqualTo(1 << 20).isGreaterThan((1 << 20) - 4 * Blocks.SIZE);
        int stored = id;
        answers.countDown();
        await().until(() -> store.statistics().stored() == stored);
    }

    @Test
    void vanishedDirectoryIsAMissAndIsMadeAgain() throws Exception {
        storeOne();
        Files.move(directory, parent.resolve("elsewhere"));
        assertThat(find(KEY)).isEmpty();
        write(KEY, 2, 100);
        await().until(() -> find(KEY).size() == 1);
        assertThat(read(find(KEY).get(0))).isEqualTo(content(100, 2));
    }

    @Test
    void directoryThatCannotBeMadeIsAnEmptyStore() throws Exception {
        Path file = Files.writeString(parent.resolve("file"), "not a directory");
        try (FileResponseStore impossible = new FileResponseStore(PatientSettings.of(file.resolve("store")))) {
            assertThat(impossible.find(KEY).toCompletableFuture().get(20, TimeUnit.SECONDS))
                    .isEmpty();
            ResponseStore.Writing writing = impossible.write(KEY, head(1));
            writing.append(ByteBuffer.wrap(content(10, 1)));
            writing.commit(Fields.EMPTY);
            impossible.freshen(KEY, head(1));
            impossible.remove(KEY);
            impossible.clear();
            await().until(() -> impossible.statistics().failures() > 0);
            assertThat(impossible.find(KEY).toCompletableFuture().get(20, TimeUnit.SECONDS))
                    .isEmpty();
        }
    }

    @Test
    void shardThatCannotBeListedIsAskedAgain() throws Exception {
        storeOne();
        failing(Operation.LIST);
        open(Duration.ofSeconds(20), 64 << 20);
        assertThat(find(KEY)).isEmpty();
        await().until(() -> store.statistics().failures() > Digest.SHARDS);
        working();
        assertThat(find(KEY)).hasSize(1);
    }

    @Test
    void whatHasGoneFromADirectoryThatIsNotListedStaysGone() throws Exception {
        volume.fault = (operation, file) -> {
            boolean whole = file.getFileName().toString().length() == 2;
            if (operation == Operation.LIST && whole) {
                throw new IOException("Input/output error");
            }
        };
        open(Duration.ofSeconds(20), 64 << 20);
        write(KEY, 1, 100);
        write(KEY, 2, 100);
        write(KEY, 3, 100);
        write(OTHER, 1, 100);
        store.remove(OTHER);
        write(OTHER, 2, 100);
        assertThat(find(KEY)).extracting(each -> each.head().id()).containsExactly(3L);
        assertThat(find(OTHER)).extracting(each -> each.head().id()).containsExactly(2L);
        assertThat(store.statistics().responses()).isEqualTo(2);
    }

    @Test
    void responsesAreRefusedWhenTooManyWaitForTheDisk() {
        open(Duration.ofSeconds(20), 1 << 20);
        CountDownLatch answers = new CountDownLatch(1);
        volume.fault = (operation, file) -> {
            if (operation == Operation.CREATE) {
                waitFor(answers);
            }
        };
        for (int i = 0; i < 300; i++) {
            write(new CacheKey("http://example.org/" + i), i, 10);
            store.freshen(new CacheKey("http://example.org/" + i), head(i));
        }
        long refused = store.statistics().failures();
        assertThat(refused).isGreaterThan(600 - (1 << 20) / Backlog.HEAD);
        answers.countDown();
        await().until(() -> store.statistics().stored() > 100);
        assertThat(store.statistics().failures()).isEqualTo(refused);
    }

    @Test
    void lookUpsAreMissesWhenTooManyWaitForTheDisk() throws Exception {
        storeOne();
        CountDownLatch answers = new CountDownLatch(1);
        volume.fault = (operation, file) -> {
            if (operation == Operation.OPEN) {
                waitFor(answers);
            }
        };
        int waiting = 0;
        while (!store.find(KEY).toCompletableFuture().isDone()) {
            waiting++;
        }
        assertThat(waiting).isBetween(1024, 1026);
        answers.countDown();
        await().until(() -> find(KEY).size() == 1);
        assertThat(store.statistics().hits()).isGreaterThan(1024);
    }

    @Test
    void brokenDiskIsLoggedOnceInAWhile() {
        try (LogCapture log = new LogCapture(DiskFailures.class.getName())) {
            failing(Operation.CREATE);
            for (int i = 0; i < 20; i++) {
                long failures = i + 1L;
                write(KEY, i, 10);
                await().until(() -> store.statistics().failures() == failures);
                now.addAndGet(TimeUnit.SECONDS.toNanos(2));
            }
            assertThat(log.messages()).hasSize(2).allMatch(each -> each.contains("No space left on device"));
        }
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError("The threads of a store are never interrupted", e);
        }
    }
}
