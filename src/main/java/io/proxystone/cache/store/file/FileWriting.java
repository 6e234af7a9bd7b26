package io.proxystone.cache.store.file;

import io.proxystone.cache.CacheKey;
import io.proxystone.cache.ResponseStore;
import io.proxystone.cache.StoredHead;
import io.proxystone.http.Fields;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A response that is gathered block by block on its thread, which never waits, and written on the disk's. It is refused when
 * more of it, or of all responses together, waits for the disk than may.
 */
final class FileWriting implements ResponseStore.Writing {
    /** The most octets of one response that wait to be written. */
    private static final int MOST_WAITING = 4 << 20;

    private static final int FIRST_CAPACITY = 4 * 1024;
    private static final byte[] NOTHING = new byte[0];

    private final StoreParts store;
    private final Lane lane;
    private final PendingFile file;
    private final AtomicInteger waiting = new AtomicInteger();
    private byte[] block = NOTHING;
    private int filled;
    private long size;
    private boolean refused;

    /** Whether the disk has something that an abort must undo. */
    private boolean begun;

    FileWriting(StoreParts store, CacheKey key, StoredHead head) {
        Digest digest = Digest.of(key);
        this.store = store;
        this.lane = store.disk().lane(digest.shard());
        this.file = new PendingFile(store, key, digest, head);
        this.refused =
                head.size() > store.settings().maxEntry() || store.failures().isResting();
    }

    @Override
    public boolean append(ByteBuffer piece) {
        size += piece.remaining();
        refused |= size > store.settings().maxEntry()
                || file.isGivenUp()
                || store.disk().isClosed();
        ByteBuffer rest = piece.duplicate();
        while (rest.hasRemaining() && !refused) {
            if (filled == Blocks.SIZE) {
                handOver();
            } else {
                fill(rest);
            }
        }
        return !refused;
    }

    /** Moves what fits into the block. The first one grows with what comes: most responses are small. */
    private void fill(ByteBuffer rest) {
        int wanted = Math.min(Blocks.SIZE, filled + rest.remaining());
        if (wanted > block.length) {
            int capacity = Math.max(FIRST_CAPACITY, Math.max(wanted, 2 * block.length));
            block = Arrays.copyOf(block, Math.min(Blocks.SIZE, capacity));
        }
        rest.get(block, filled, wanted - filled);
        filled = wanted;
    }

    private void handOver() {
        ByteBuffer full = ByteBuffer.wrap(block);
        if (waiting.get() + filled > MOST_WAITING || !execute(filled, () -> file.write(full))) {
            refuse();
            return;
        }
        block = new byte[Blocks.SIZE];
        filled = 0;
    }

    /** Gives a task with some octets to the disk, unless too many wait there already. */
    private boolean execute(int octets, Runnable task) {
        if (!store.backlog().take(octets)) {
            return false;
        }
        begun = true;
        waiting.addAndGet(octets);
        lane.execute(() -> {
            try {
                task.run();
            } finally {
                store.backlog().give(octets);
                waiting.addAndGet(-octets);
            }
        });
        return true;
    }

    private void refuse() {
        store.failures().countRefusal();
        refused = true;
    }

    @Override
    public void commit(Fields trailers) {
        ByteBuffer last = ByteBuffer.wrap(block, 0, filled).slice();
        long whole = size;
        refused |= store.disk().isClosed();
        if (!refused && !execute(filled + Backlog.HEAD, () -> file.commit(last, whole, trailers))) {
            refuse();
        }
        if (refused) {
            abort();
        }
    }

    @Override
    public void abort() {
        refused = true;
        block = NOTHING;
        if (begun) {
            lane.execute(file::discard);
        }
    }
}
