package io.proxystone.cache.store.file;

import io.proxystone.cache.CacheKey;
import io.proxystone.cache.Selection;
import io.proxystone.cache.StoredHead;
import io.proxystone.cache.store.file.Entries.Found;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/**
 * What happens to the entries under a key. All of it in the lane of their shard, so that it happens in the order in which it
 * was asked for.
 */
final class Changes {
    /** The most responses under a key. */
    static final int MOST = 64;

    private final Entries entries;
    private final Listing listing;
    private final EntryIndex index;
    private final EntryFiles files;
    private final DiskFailures failures;

    Changes(Entries entries, Listing listing, EntryIndex index, EntryFiles files, DiskFailures failures) {
        this.entries = entries;
        this.listing = listing;
        this.index = index;
        this.files = files;
        this.failures = failures;
    }

    /**
     * Makes a temporary file an entry, in place of those under its key for the same requests.
     *
     * @return how many others had to go because too many were under the key
     */
    int add(Path temporary, Entry entry, CacheKey key, Selection selection) throws IOException {
        listing.probe(entry);
        files.place(temporary, entry);
        index.add(entry);
        List<Found> others = entries.find(key, entry);
        others.removeIf(other -> entry.is(other.entry()) || replaces(selection, other));
        others.sort(Comparator.comparing(
                (Found other) -> other.footer().head().freshness().received()));
        List<Found> tooMany = others.subList(0, Math.max(0, others.size() + 1 - MOST));
        tooMany.forEach(oldest -> entries.remove(oldest.entry()));
        return tooMany.size();
    }

    private boolean replaces(Selection selection, Found other) {
        return other.footer().head().selection().equals(selection) && entries.remove(other.entry());
    }

    /** Replaces the head of an entry by a newer one, if the entry is there. */
    void freshen(CacheKey key, Digest digest, StoredHead head) {
        listing.probe(digest);
        Entry entry = index.find(digest, head.id());
        Footer old = entry == null ? null : entries.footer(entry);
        if (entry == null || old == null || !old.key().equals(key)) {
            return;
        }
        StoredHead whole = head.complete(old.head().size(), head.trailers());
        byte[] footer = Footer.encode(old.seed(), key, whole);
        try {
            files.placeHead(footer, entry);
            index.grow(entry, footer.length - (entry.isFreshened() ? old.length() : 0));
            entry.freshen();
        } catch (IOException e) {
            failures.reportWrite(files.file(entry, true), e);
        }
    }

    /** Removes the entry with an id under a digest. */
    void remove(Digest digest, long id) {
        listing.probe(digest);
        Entry entry = index.find(digest, id);
        if (entry != null) {
            entries.remove(entry);
        }
    }

    /** Removes the entries under a digest. */
    void remove(Digest digest) {
        listing.probe(digest);
        index.find(digest).forEach(entries::remove);
    }
}
