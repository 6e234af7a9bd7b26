package io.proxystone.cache.store.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/**
 * Brings what is on the disk into the index after a start, by the names, sizes and times in the directories, one after the
 * other. What is wanted from a directory before it is its turn is looked for in it. All in the lane of the shard.
 */
final class Listing {
    private final EntryIndex index;
    private final EntryFiles files;
    private final DiskFailures failures;
    private final AtomicIntegerArray listed = new AtomicIntegerArray(Digest.SHARDS);

    Listing(EntryIndex index, EntryFiles files, DiskFailures failures) {
        this.index = index;
        this.files = files;
        this.failures = failures;
    }

    /** Whether the index has all that the disk has under a digest. From any thread. */
    boolean includes(Digest digest) {
        return listed.get(digest.shard()) != 0;
    }

    /** Makes the index know all that the disk has under a digest. */
    void probe(Digest digest) {
        if (!includes(digest)) {
            Path directory = files.directory(digest.shard());
            try {
                add(files.list(digest));
            } catch (IOException e) {
                failures.report("list", directory, e);
            }
        }
    }

    /** Makes the index know all that is in a shard. */
    void list(int shard) {
        if (listed.get(shard) == 0) {
            try {
                add(files.list(shard));
                listed.set(shard, 1);
            } catch (IOException e) {
                failures.report("list", files.directory(shard), e);
            }
        }
    }

    /** Deletes all that is in a shard. */
    void clear(int shard) {
        index.inShard(shard).forEach(index::remove);
        try {
            for (Volume.Listed file : files.list(shard)) {
                FileName name = FileName.parse(file.name());
                if (name != null) {
                    files.delete(name);
                }
            }
            listed.set(shard, 1);
        } catch (IOException e) {
            failures.report("clear", files.directory(shard), e);
        }
    }

    private void add(List<Volume.Listed> found) throws IOException {
        Map<FileName, Volume.Listed> named = new HashMap<>();
        for (Volume.Listed file : found) {
            FileName name = FileName.parse(file.name());
            if (name != null) {
                named.put(name, file);
            }
        }
        for (Map.Entry<FileName, Volume.Listed> file : named.entrySet()) {
            FileName name = file.getKey();
            Volume.@Nullable Listed head = named.get(new FileName(name.digest(), name.id(), true));
            if (!name.head()) {
                add(name, file.getValue(), head);
            } else if (!named.containsKey(new FileName(name.digest(), name.id(), false))) {
                // Its entry was being deleted when the process ended.
                files.delete(name);
            }
        }
    }

    private void add(FileName name, Volume.Listed content, Volume.@Nullable Listed head) {
        long size = content.size() + (head == null ? 0 : head.size());
        index.addIfAbsent(new Entry(name.digest(), name.id(), size, content.modified(), head != null).markListed());
    }
}
