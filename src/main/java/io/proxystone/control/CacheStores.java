package io.proxystone.control;

import io.proxystone.cache.CacheSettings;
import io.proxystone.cache.ResponseStore;
import io.proxystone.cache.store.file.FileResponseStore;
import io.proxystone.cache.store.file.FileStoreSettings;
import io.proxystone.cache.store.memory.MemoryResponseStore;
import io.proxystone.cache.store.tiered.TieredResponseStore;
import java.nio.file.Path;
import java.util.Objects;

/** Makes the store of a cache: memory, and before files if there is a directory for them. */
final class CacheStores {
    /** The largest content that comes up from files into memory: what a flow's steps can read at once. */
    private static final int MAX_PROMOTED = 64 * 1024;

    private CacheStores() {}

    /** Whether a store made for some settings serves others, too: that of a directory lasts as long as the process. */
    static boolean serves(CacheSettings made, CacheSettings wanted) {
        boolean sameDirectory =
                Objects.equals(made.files().directory(), wanted.files().directory());
        return made.memory().equals(wanted.memory()) && sameDirectory;
    }

    /** @param withFiles whether the directory is opened */
    static ResponseStore create(CacheSettings settings, boolean withFiles) {
        MemoryResponseStore memory = new MemoryResponseStore(settings.memory());
        CacheSettings.Files files = settings.files();
        return files.directory() == null || !withFiles
                ? memory
                : new TieredResponseStore(memory, new FileResponseStore(files(files)), MAX_PROMOTED);
    }

    private static FileStoreSettings files(CacheSettings.Files files) {
        FileStoreSettings defaults =
                FileStoreSettings.of(Path.of(Objects.requireNonNull(files.directory())), files.size());
        return new FileStoreSettings(
                defaults.directory(),
                files.size(),
                Math.min(files.size(), files.maxEntry()),
                files.fsync(),
                defaults.threads(),
                defaults.backlog(),
                defaults.timeout());
    }
}
