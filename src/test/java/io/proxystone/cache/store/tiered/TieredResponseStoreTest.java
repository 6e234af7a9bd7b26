package io.proxystone.cache.store.tiered;

import static io.proxystone.cache.store.Samples.KEY;
import static io.proxystone.cache.store.Samples.content;
import static io.proxystone.cache.store.Samples.head;
import static io.proxystone.cache.store.Samples.language;
import static io.proxystone.cache.store.Samples.received;
import static org.assertj.core.api.Assertions.assertThat;

import io.proxystone.cache.CacheKey;
import io.proxystone.cache.CacheSettings;
import io.proxystone.cache.ResponseStore;
import io.proxystone.cache.StoredResponse;
import io.proxystone.cache.store.ResponseStoreContract;
import io.proxystone.cache.store.file.FileResponseStore;
import io.proxystone.cache.store.file.FileStoreSettings;
import io.proxystone.cache.store.memory.MemoryResponseStore;
import io.proxystone.http.Fields;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Memory before files: one store to those who use it. */
@SuppressWarnings("NullAway.Init") // opened before each test
class TieredResponseStoreTest extends ResponseStoreContract {
    private static final int MAX_PROMOTED = 64 * 1024;

    @TempDir
    private Path directory;

    private MemoryResponseStore memory;
    private FileResponseStore files;

    @Override
    protected ResponseStore open(long capacity) throws Exception {
        memory = new MemoryResponseStore(new CacheSettings.Memory(capacity, Math.min(capacity, 1 << 20)));
        files = new FileResponseStore(FileStoreSettings.of(Files.createTempDirectory(directory, "files"), capacity));
        return new TieredResponseStore(memory, files, MAX_PROMOTED);
    }

    private List<StoredResponse> inMemory() {
        return memory.find(KEY).toCompletableFuture().join();
    }

    private void awaitInFiles(int count) {
        eventually().until(() -> files.find(KEY).toCompletableFuture().join().size() == count);
    }

    /** Memory may still have what files have evicted, so that each is looked at by itself. */
    @Override
    @Test
    protected void octetsStayWithinTheCapacity() throws Exception {
        long capacity = 1 << 20;
        try (ResponseStore small = open(capacity)) {
            for (int i = 0; i < 100; i++) {
                CacheKey key = new CacheKey("http://example.org/" + i);
                write(small, key, head(i), content(50_000, i), Fields.EMPTY);
                long stored = i + 1L;
                eventually().until(() -> files.statistics().stored() == stored);
            }
            eventually().until(() -> files.statistics().octets() <= capacity);
            assertThat(memory.statistics().octets()).isBetween(capacity / 2, capacity);
        }
    }

    @Test
    void whatMemoryHasLostComesUpFromFiles() {
        write(head(1), content(1000, 1));
        awaitInFiles(1);
        memory.clear();
        assertThat(store.find(KEY).toCompletableFuture().join()).hasSize(1);
        assertThat(inMemory()).hasSize(1);
    }

    @Test
    void largeContentStaysBelow() {
        write(head(1), content(MAX_PROMOTED + 1, 1));
        awaitInFiles(1);
        memory.clear();
        assertThat(store.find(KEY).toCompletableFuture().join()).hasSize(1);
        assertThat(inMemory()).isEmpty();
    }

    @Test
    void whatMemoryDoesNotTakeIsNotHiddenByWhatItHas() {
        write(head(1, language("de"), received(1)), content(10, 1));
        write(head(2, language("en"), received(1)), content(2 << 20, 2));
        awaitInFiles(2);
        assertThat(store.find(KEY).toCompletableFuture().join()).hasSize(2);
    }

    @Test
    void allResponsesUnderAKeyComeUpOrNone() {
        write(head(1, language("de"), received(1)), content(10, 1));
        write(head(2, language("en"), received(1)), content(10, 2));
        awaitInFiles(2);
        memory.clear();
        assertThat(store.find(KEY).toCompletableFuture().join()).hasSize(2);
        assertThat(inMemory()).hasSize(2);
    }

    @Test
    void whatIsRemovedDoesNotComeUpAgain() {
        write(head(1), content(10, 1));
        awaitInFiles(1);
        store.remove(KEY);
        assertThat(inMemory()).isEmpty();
        eventually().until(() -> store.find(KEY).toCompletableFuture().join().isEmpty());
        assertThat(inMemory()).isEmpty();
    }
}
