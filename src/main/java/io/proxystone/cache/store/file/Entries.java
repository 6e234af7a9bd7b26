package io.proxystone.cache.store.file;

import io.proxystone.cache.CacheKey;
import io.proxystone.cache.DamagedEntryException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a store, found and lost. The index is a memory of the disk: what is not on the disk as it should be goes from
 * the index when that is noticed, and what goes from the index goes from the disk soon after.
 */
final class Entries {
    private final EntryIndex index;
    private final EntryFiles files;
    private final Disk disk;
    private final DiskFailures failures;

    Entries(EntryIndex index, EntryFiles files, Disk disk, DiskFailures failures) {
        this.index = index;
        this.files = files;
        this.disk = disk;
        this.failures = failures;
    }

    /** An entry and what its file says. */
    record Found(Entry entry, Footer footer) {}

    /** The entries under a key that the index knows, the newest first. */
    List<Found> find(CacheKey key, Digest digest) {
        List<Found> found = new ArrayList<>(1);
        for (Entry entry : index.find(digest)) {
            Footer footer = footer(entry);
            if (footer != null && footer.key().equals(key)) {
                found.add(new Found(entry, footer));
            }
        }
        return found;
    }

    /** What the file of an entry says, or null if it cannot be read. */
    @Nullable
    Footer footer(Entry entry) {
        boolean freshened = entry.isFreshened();
        try (Volume.Input file = open(entry, freshened)) {
            return read(file, entry, freshened);
        } catch (IOException e) {
            // It has been reported, and the entry lost if it was not worth keeping.
            return null;
        }
    }

    private Footer read(Volume.Input file, Entry entry, boolean freshened) throws IOException {
        try {
            Footer footer = Footer.read(file, freshened);
            if (footer.head().id() != entry.id()) {
                throw new DamagedEntryException("The file has the id of another response");
            }
            return footer;
        } catch (IOException e) {
            lose(entry, freshened, e);
            throw e;
        }
    }

    /** Opens the file with the content or the newer head of an entry, which is lost if the file is not there. */
    Volume.Input open(Entry entry, boolean head) throws IOException {
        Path file = files.file(entry, head);
        try {
            return files.open(file);
        } catch (NoSuchFileException e) {
            lose(entry, head, e);
            throw e;
        } catch (IOException e) {
            // Too many open files, say: that tells nothing about the entry.
            failures.report("open", file, e);
            throw e;
        }
    }

    /** Gives up an entry whose content or head is not what was written. */
    void lose(Entry entry, boolean head, IOException cause) {
        if (index.remove(entry)) {
            failures.report("read", files.file(entry, head), cause);
            disk.lane(entry.shard()).execute(() -> deleteLost(entry));
        }
    }

    /** Deletes the files of a lost entry, and the entry that a listing has made of them meanwhile. */
    private void deleteLost(Entry entry) {
        Entry again = index.find(entry, entry.id());
        if (again != null && again.isListed()) {
            index.remove(again);
        }
        delete(entry);
    }

    /**
     * Removes an entry; false if it is not there any more. In the lane of its shard, so that whatever looks into the directory
     * afterwards does not find its files.
     */
    boolean remove(Entry entry) {
        boolean there = index.remove(entry);
        if (there) {
            delete(entry);
        }
        return there;
    }

    /** Removes the entry whose turn it is if all of them take more octets than a limit; false if they do not. */
    boolean evict(long limit) {
        Entry victim = index.evict(limit);
        if (victim == null) {
            return false;
        }
        disk.lane(victim.shard()).execute(() -> delete(victim));
        return true;
    }

    private void delete(Entry entry) {
        if (index.find(entry, entry.id()) != null) {
            // Meanwhile another one has come in its place, with files of the same names.
            return;
        }
        try {
            files.delete(entry);
        } catch (IOException e) {
            failures.report("delete", files.file(entry, false), e);
        }
    }
}
