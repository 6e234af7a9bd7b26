package io.proxystone.cache.store.file;

import io.proxystone.cache.CacheKey;
import io.proxystone.cache.StoredHead;
import io.proxystone.http.Fields;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A temporary file on its way to be an entry. All of it in the lane of the entry's shard, but for {@link #isGivenUp}. */
final class PendingFile {
    /** How few octets are left when it is for want of them that a file cannot be written. */
    private static final long FULL = 4 << 20;

    private final StoreParts store;
    private final CacheKey key;
    private final Digest digest;
    private final StoredHead head;
    private final Path path;
    private final long seed = ThreadLocalRandom.current().nextLong();
    private Volume.@Nullable Output out;
    private long blocks;

    /** The octets it takes on the disk, or is about to. */
    private long length;

    /** Those for which room was taken and is not yet given back. */
    private long room;

    private volatile boolean givenUp;

    PendingFile(StoreParts store, CacheKey key, Digest digest, StoredHead head) {
        this.store = store;
        this.key = key;
        this.digest = digest;
        this.head = head;
        this.path = store.files().newTemporary();
    }

    /** Whether it will not be an entry. From any thread. */
    boolean isGivenUp() {
        return givenUp;
    }

    /** Writes the next block. */
    void write(ByteBuffer block) {
        if (givenUp) {
            return;
        }
        try {
            if (take(Blocks.framed(block.remaining()))) {
                opened().write(block, Blocks.checksum(seed, blocks, block));
                blocks++;
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    /**
     * Writes the last block and what stands behind it, and makes the file an entry.
     *
     * @param block empty if there is no content
     * @param size the octets of all blocks
     */
    void commit(ByteBuffer block, long size, Fields trailers) {
        StoredHead whole = head.complete(size, trailers);
        byte[] footer = Footer.encode(seed, key, whole);
        boolean isWhole = blocks * Blocks.SIZE + block.remaining() == size;
        if (!isWhole || footer.length > Footer.MOST) {
            discard();
        }
        if (givenUp) {
            return;
        }
        try {
            if (take(Blocks.framed(block.remaining()) + footer.length)) {
                Volume.Output file = opened();
                if (block.hasRemaining()) {
                    file.write(block, Blocks.checksum(seed, blocks, block), ByteBuffer.wrap(footer));
                } else {
                    file.write(ByteBuffer.wrap(footer));
                }
                store.files().finish(file);
                becomeEntry(whole);
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    private void becomeEntry(StoredHead whole) throws IOException {
        long now = TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis());
        Entry entry = new Entry(digest, whole.id(), length, now, false);
        // In this order, so that nothing has to go because the same octets count twice.
        giveRoom();
        int dropped = store.changes().add(path, entry, key, whole.selection());
        store.counts().stored();
        store.counts().evicted(dropped);
        store.room().make();
    }

    private void giveRoom() {
        store.room().give(room);
        room = 0;
    }

    private Volume.Output opened() throws IOException {
        Volume.Output file = out;
        if (file == null) {
            file = store.files().create(path);
            out = file;
        }
        return file;
    }

    /** Takes room for some more octets, or gives up. */
    private boolean take(long octets) {
        if (store.room().take(octets)) {
            length += octets;
            room += octets;
            return true;
        }
        store.failures().countRefusal();
        discard();
        return false;
    }

    private void fail(IOException cause) {
        discard();
        if (store.failures().reportWrite(path, cause) && isDiskFull()) {
            // Others have filled it. What is asked for now is worth more than what nobody has asked for in long.
            store.room().shrink();
        }
    }

    private boolean isDiskFull() {
        try {
            return store.files().free() < FULL;
        } catch (IOException e) {
            return false;
        }
    }

    /** Gives up, and deletes what has been written. */
    void discard() {
        if (givenUp) {
            return;
        }
        givenUp = true;
        giveRoom();
        if (length > 0) {
            try (Volume.Output file = out) {
                store.files().delete(path);
            } catch (IOException e) {
                // The next start deletes what could not be deleted now.
            }
        }
    }
}
