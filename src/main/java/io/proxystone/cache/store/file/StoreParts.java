package io.proxystone.cache.store.file;

import java.util.function.LongSupplier;

/** The parts of one store, which its operations share. */
record StoreParts(
        FileStoreSettings settings,
        Disk disk,
        DiskFailures failures,
        EntryFiles files,
        EntryIndex index,
        Entries entries,
        Listing listing,
        Changes changes,
        Room room,
        Backlog backlog,
        Counts counts) {

    static StoreParts of(FileStoreSettings settings, Volume volume, LongSupplier nanoTime) {
        Disk disk = new Disk(settings.threads());
        DiskFailures failures = new DiskFailures(settings.directory(), nanoTime);
        EntryFiles files = new EntryFiles(settings.directory(), volume, settings.fsync());
        EntryIndex index = new EntryIndex();
        Entries entries = new Entries(index, files, disk, failures);
        Listing listing = new Listing(index, files, failures);
        Counts counts = new Counts();
        return new StoreParts(
                settings,
                disk,
                failures,
                files,
                index,
                entries,
                listing,
                new Changes(entries, listing, index, files, failures),
                new Room(settings.size(), index, entries, disk, counts),
                new Backlog(settings.backlog()),
                counts);
    }
}
