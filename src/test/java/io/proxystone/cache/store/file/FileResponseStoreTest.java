package io.proxystone.cache.store.file;

import static io.proxystone.cache.store.Samples.KEY;
import static io.proxystone.cache.store.Samples.TRAILERS;
import static io.proxystone.cache.store.Samples.assertSame;
import static io.proxystone.cache.store.Samples.content;
import static io.proxystone.cache.store.Samples.head;
import static io.proxystone.cache.store.Samples.language;
import static io.proxystone.cache.store.Samples.received;
import static org.assertj.core.api.Assertions.assertThat;

import io.proxystone.cache.CacheKey;
import io.proxystone.cache.CacheSettings.Files.Fsync;
import io.proxystone.cache.ResponseStore;
import io.proxystone.cache.StoredContent.Reading;
import io.proxystone.cache.StoredHead;
import io.proxystone.cache.StoredResponse;
import io.proxystone.cache.store.ResponseStoreContract;
import io.proxystone.http.Fields;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store in a directory of the local disk: what every store does, and what only this one can. */
class FileResponseStoreTest extends ResponseStoreContract {
    private static final CacheKey OTHER = new CacheKey("http://example.org/other");

    @TempDir
    Path parent;

    private int opened;

    @Override
    protected ResponseStore open(long capacity) {
        return new FileResponseStore(PatientSettings.of(parent.resolve("store-" + ++opened), capacity));
    }

    /** The directory of the store opened before each test. */
    private Path directory() {
        return parent.resolve("store-1");
    }

    private void reopen() {
        reopen(ROOMY);
    }

    private void reopen(long size) {
        store.close();
        store = new FileResponseStore(PatientSettings.of(directory(), size));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(directory())) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("VERSION"))
                    .toList();
        }
    }

    @Test
    void responsesOutliveTheStore() {
        StoredHead head = head(1, language("de"), received(1));
        write(store, KEY, head, content(200_000, 1), TRAILERS);
        write(head(2, language("en"), received(1)), content(0, 2));
        awaitIds(store, KEY, 1L, 2L);
        StoredHead fresh = head(1, language("de"), received(5)).complete(200_000, TRAILERS);
        long octets = store.statistics().octets();
        store.freshen(KEY, fresh);
        eventually().until(() -> store.statistics().octets() != octets);
        long atTheEnd = store.statistics().octets();
        reopen();
        eventually().until(() -> store.statistics().responses() == 2);
        assertThat(store.statistics().octets()).isEqualTo(atTheEnd);
        for (StoredResponse each : awaitIds(store, KEY, 1L, 2L)) {
            if (each.head().id() == 1) {
                assertSame(each.head(), fresh);
                assertThat(read(each)).isEqualTo(content(200_000, 1));
            }
        }
    }

    @Test
    void commitIsOnTheDiskWhenTheStoreHasClosed() {
        write(head(1), content(3 << 20, 1));
        reopen();
        assertThat(read(find(store, KEY).get(0))).isEqualTo(content(3 << 20, 1));
    }

    @Test
    void responsesAreFoundWhileTheirDirectoryIsStillToBeListed() {
        for (int i = 0; i < 200; i++) {
            write(store, new CacheKey("http://example.org/" + i), head(i), content(10, i), Fields.EMPTY);
        }
        reopen();
        for (int i = 199; i >= 0; i--) {
            assertThat(find(store, new CacheKey("http://example.org/" + i))).hasSize(1);
        }
        eventually().until(() -> store.statistics().responses() == 200);
    }

    @Test
    void changesWhileTheDirectoryIsStillToBeListedAreSeen() {
        write(store, KEY, head(1), content(10, 1), Fields.EMPTY);
        write(store, OTHER, head(1), content(10, 1), Fields.EMPTY);
        reopen();
        write(store, KEY, head(2), content(20, 2), Fields.EMPTY);
        store.remove(OTHER);
        awaitIds(store, KEY, 2L);
        awaitIds(store, OTHER);
        reopen();
        awaitIds(store, KEY, 2L);
        awaitIds(store, OTHER);
        eventually().until(() -> store.statistics().responses() == 1);
    }

    @Test
    void noFileIsLeftOfWhatIsGone() throws IOException {
        write(head(1), content(10, 1));
        awaitIds(store, KEY, 1L);
        store.freshen(KEY, head(1).with(received(2)).complete(10, TRAILERS));
        write(head(2), content(10, 2));
        awaitIds(store, KEY, 2L);
        eventually().until(() -> files().size() == 1);
        store.remove(KEY);
        ResponseStore.Writing writing = store.write(OTHER, head(3));
        writing.append(ByteBuffer.wrap(content(200_000, 3)));
        eventually().until(() -> files().size() == 1);
        writing.abort();
        eventually().until(() -> files().isEmpty());
    }

    @Test
    void octetsAreThoseOfTheFiles() throws IOException {
        write(head(1, language("de"), received(1)), content(200_000, 1));
        write(head(2, language("en"), received(1)), content(0, 2));
        awaitIds(store, KEY, 1L, 2L);
        store.freshen(KEY, head(1, language("a longer one than the first"), received(2)));
        store.freshen(KEY, head(1, language("de"), received(Long.MAX_VALUE)));
        eventually().until(() -> files().size() == 3);
        eventually().until(() -> {
            long octets = 0;
            for (Path file : files()) {
                octets += Files.size(file);
            }
            return store.statistics().octets() == octets;
        });
    }

    @Test
    void oldestUnderAKeyGoesWhenThereAreTooMany() {
        for (int id = 1; id <= Changes.MOST + 2; id++) {
            write(head(id, language("l" + id), received(id)), content(10, id));
        }
        eventually().until(() -> store.statistics().stored() == Changes.MOST + 2);
        eventually().until(() -> store.statistics().responses() == Changes.MOST);
        assertThat(find(store, KEY))
                .extracting(each -> each.head().id())
                .hasSize(Changes.MOST)
                .doesNotContain(1L, 2L);
        assertThat(store.statistics().evicted()).isEqualTo(2);
    }

    @Test
    void whatIsAskedForStaysWhenOthersGo() {
        reopen(1 << 20);
        write(store, OTHER, head(0), content(50_000, 0), Fields.EMPTY);
        for (int i = 1; i <= 100; i++) {
            CacheKey key = new CacheKey("http://example.org/" + i);
            write(store, key, head(i), content(50_000, i), Fields.EMPTY);
            awaitIds(store, OTHER, 0L);
        }
        eventually().until(() -> store.statistics().evicted() > 70);
        awaitIds(store, OTHER, 0L);
    }

    @Test
    void smallerSizeAfterAReopeningEvictsTheOldest() throws IOException {
        for (int i = 0; i < 100; i++) {
            write(store, new CacheKey("http://example.org/" + i), head(i), content(50_000, i), Fields.EMPTY);
        }
        store.close();
        for (Path file : files()) {
            FileName name = FileName.parse(file.getFileName().toString());
            Files.setLastModifiedTime(file, FileTime.from(1_000_000 + name.id(), TimeUnit.SECONDS));
        }
        store = new FileResponseStore(PatientSettings.of(directory(), 1 << 20));
        eventually().until(() -> store.statistics().evicted() == 80);
        for (int i = 0; i < 100; i++) {
            assertThat(find(store, new CacheKey("http://example.org/" + i))).hasSize(i < 80 ? 0 : 1);
        }
    }

    @Test
    void whatIsBeingWrittenTakesRoomToo() {
        reopen(1 << 20);
        for (int i = 0; i < 10; i++) {
            write(store, new CacheKey("http://example.org/" + i), head(i), content(50_000, i), Fields.EMPTY);
        }
        eventually().until(() -> store.statistics().responses() == 10);
        ResponseStore.Writing writing = store.write(KEY, head(99));
        assertThat(writing.append(ByteBuffer.wrap(content(900_000, 99)))).isTrue();
        eventually().until(() -> store.statistics().octets() < 200_000);
        writing.abort();
    }

    @Test
    void whatWasBeingWrittenGivesItsRoomBack() {
        reopen(1 << 20);
        for (int i = 0; i < 20; i++) {
            ResponseStore.Writing writing = store.write(KEY, head(i));
            assertThat(writing.append(ByteBuffer.wrap(content(200_000, i)))).isTrue();
            if (i % 2 == 0) {
                writing.abort();
            } else {
                writing.commit(Fields.EMPTY);
            }
        }
        write(head(99), content(1_000_000, 99));
        assertThat(read(awaitIds(store, KEY, 99L).get(0))).isEqualTo(content(1_000_000, 99));
    }

    @Test
    void readingGoesOnThoughTheResponseIsReplaced() {
        write(head(1), content(500_000, 1));
        StoredResponse found = awaitIds(store, KEY, 1L).get(0);
        ByteBuffer content = ByteBuffer.allocate(500_000);
        try (Reading reading = found.content().read(0)) {
            reading.read(content.limit(1000)).toCompletableFuture().join();
            write(head(2), content(10, 2));
            awaitIds(store, KEY, 2L);
            store.remove(KEY);
            awaitIds(store, KEY);
            reading.read(content.limit(500_000)).toCompletableFuture().join();
        }
        assertThat(content.array()).isEqualTo(content(500_000, 1));
    }

    @Test
    void readingThatBeginsAfterTheResponseHasGoneFails() throws IOException {
        write(head(1), content(500_000, 1));
        StoredResponse found = awaitIds(store, KEY, 1L).get(0);
        store.remove(KEY);
        eventually().until(() -> files().isEmpty());
        try (Reading reading = found.content().read(0)) {
            assertThat(reading.read(ByteBuffer.allocate(10)))
                    .failsWithin(Duration.ofSeconds(20))
                    .withThrowableThat()
                    .withCauseInstanceOf(IOException.class);
        }
        assertThat(store.statistics().failures()).isZero();
    }

    @Test
    void contentTooLargeIsRefused() {
        store.close();
        FileStoreSettings settings = PatientSettings.of(directory());
        store = new FileResponseStore(new FileStoreSettings(
                directory(), 1 << 20, 1000, Fsync.COMMIT, 1, settings.backlog(), settings.timeout()));
        write(head(1, language("de"), received(1)), content(1000, 1));
        ResponseStore.Writing writing = store.write(KEY, head(2));
        assertThat(writing.append(ByteBuffer.wrap(content(1000, 2)))).isTrue();
        assertThat(writing.append(ByteBuffer.wrap(content(1, 2)))).isFalse();
        writing.abort();
        ResponseStore.Writing announced = store.write(KEY, head(3).complete(1001, Fields.EMPTY));
        assertThat(announced.append(ByteBuffer.wrap(content(1, 3)))).isFalse();
        announced.commit(Fields.EMPTY);
        assertThat(read(awaitIds(store, KEY, 1L).get(0))).isEqualTo(content(1000, 1));
        assertThat(store.statistics().failures()).isZero();
    }

    @Test
    void leftoversOfWritingAreDeletedAndForeignFilesAreNot() throws IOException {
        write(head(1), content(10, 1));
        awaitIds(store, KEY, 1L);
        store.close();
        Path leftover = directory().resolve("tmp/0123456789abcdef-17.tmp");
        Path foreign = directory().resolve("tmp/important.txt");
        Path foreignInShard = directory().resolve("ab/README");
        Files.createDirectories(foreignInShard.getParent());
        Path orphan = directory().resolve("ab/ab000000000000000000000000000000.0000000000000001.head");
        for (Path file : List.of(leftover, foreign, foreignInShard, orphan)) {
            Files.writeString(file, "text");
        }
        store = new FileResponseStore(PatientSettings.of(directory(), ROOMY));
        eventually().until(() -> Files.notExists(leftover) && Files.notExists(orphan));
        store.clear();
        eventually().until(() -> files().size() == 2);
        assertThat(files()).containsExactlyInAnyOrder(foreign, foreignInShard);
    }

    @Test
    void directoryOfAnotherFormIsEmptied() throws IOException {
        write(head(1), content(10, 1));
        awaitIds(store, KEY, 1L);
        store.close();
        Path version = directory().resolve("VERSION");
        String form = Files.readString(version);
        Files.writeString(version, "proxy-stone file store 2\n");
        store = new FileResponseStore(PatientSettings.of(directory(), ROOMY));
        eventually().until(() -> files().isEmpty());
        awaitIds(store, KEY);
        assertThat(Files.readString(version)).isEqualTo(form);
    }

    @Test
    void keyIsComparedAndNotOnlyItsDigest() throws IOException {
        write(head(1), content(10, 1));
        awaitIds(store, KEY, 1L);
        store.close();
        Path file = files().get(0);
        String name = file.getFileName().toString().replace(KEY.digest(), OTHER.digest());
        Path shard = Files.createDirectories(directory().resolve(name.substring(0, 2)));
        Files.move(file, shard.resolve(name));
        store = new FileResponseStore(PatientSettings.of(directory(), ROOMY));
        assertThat(find(store, OTHER)).isEmpty();
        assertThat(find(store, KEY)).isEmpty();
    }

    @Test
    void missOfAListedDirectoryCompletesAtOnce() {
        write(head(1), content(10, 1));
        awaitIds(store, KEY, 1L);
        eventually()
                .until(() -> store.find(OTHER).toCompletableFuture().isDone()
                        && store.find(new CacheKey("x")).toCompletableFuture().isDone());
    }
}
