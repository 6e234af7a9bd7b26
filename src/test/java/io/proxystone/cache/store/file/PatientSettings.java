package io.proxystone.cache.store.file;

import java.nio.file.Path;
import java.time.Duration;

/** Settings of a store whose look-ups may take as long as a busy machine makes them. */
final class PatientSettings {
    private PatientSettings() {}

    static FileStoreSettings of(Path directory) {
        return of(directory, 1L << 30);
    }

    static FileStoreSettings of(Path directory, long size) {
        FileStoreSettings settings = FileStoreSettings.of(directory, size);
        return new FileStoreSettings(
                directory,
                size,
                settings.maxEntry(),
                settings.fsync(),
                settings.threads(),
                settings.backlog(),
                Duration.ofMinutes(1));
    }
}
