package io.proxystone.cache.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.proxystone.cache.CacheSettings.Files.Fsync;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FileStoreSettingsTest {
    private static final Path DIRECTORY = Path.of("data/cache");

    private static void assertRefused(
            long size, long maxEntry, int threads, long backlog, Duration timeout, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new FileStoreSettings(DIRECTORY, size, maxEntry, Fsync.NONE, threads, backlog, timeout))
                .withMessage(message);
    }

    @Test
    void defaultsAreAllowedAndNoEntryIsLargerThanTheStore() {
        assertThat(FileStoreSettings.of(DIRECTORY).size()).isEqualTo(10L << 30);
        assertThat(FileStoreSettings.of(DIRECTORY).maxEntry()).isEqualTo(2L << 30);
        assertThat(FileStoreSettings.of(DIRECTORY, 1000).maxEntry()).isEqualTo(1000);
    }

    @Test
    void valuesBeyondTheirBoundsAreRefused() {
        Duration second = Duration.ofSeconds(1);
        new FileStoreSettings(DIRECTORY, 1, 1, Fsync.NONE, 1, 65_536, Duration.ofNanos(1));
        new FileStoreSettings(DIRECTORY, 1, 1, Fsync.NONE, 64, 65_536, Duration.ofNanos(1));
        assertRefused(0, 1, 1, 65_536, second, "size is 0; at least 1 is allowed");
        assertRefused(10, 11, 1, 65_536, second, "max-entry is 11; allowed: at least 1, and at most size, which is 10");
        assertRefused(10, 0, 1, 65_536, second, "max-entry is 0; allowed: at least 1, and at most size, which is 10");
        assertRefused(10, 10, 0, 65_536, second, "threads is 0; 1 to 64 are allowed");
        assertRefused(10, 10, 65, 65_536, second, "threads is 65; 1 to 64 are allowed");
        assertRefused(10, 10, 1, 65_535, second, "backlog is 65535; at least 65536 is allowed");
        assertRefused(10, 10, 1, 65_536, Duration.ZERO, "timeout is PT0S; it must be more than 0");
    }
}
