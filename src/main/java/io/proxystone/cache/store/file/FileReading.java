package io.proxystone.cache.store.file;

import io.proxystone.cache.StoredContent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Content that is read from its file, block by block. A block is read anew for each piece of it that is asked for, so that an
 * open reading takes no memory; who asks for 64 KiB at a time gets each block once.
 */
final class FileReading implements StoredContent.Reading {
    /** Where the disk's threads verify a block before they pass it on. */
    private static final ThreadLocal<ByteBuffer> BLOCK = ThreadLocal.withInitial(Blocks::buffer);

    private final Entries entries;
    private final Entry entry;
    private final long seed;
    private final long size;
    private final Lane lane;
    private volatile boolean closed;

    // What only its lane uses.
    private Volume.@Nullable Input file;
    private long position;

    FileReading(StoreParts store, Entries.Found found, long from) {
        this.entries = store.entries();
        this.entry = found.entry();
        this.seed = found.footer().seed();
        this.size = found.footer().head().size();
        this.lane = new Lane(store.disk().readers());
        this.position = from;
    }

    @Override
    public CompletionStage<Integer> read(ByteBuffer into) {
        CompletableFuture<Integer> count = new CompletableFuture<>();
        lane.execute(() -> {
            try {
                count.complete(next(into));
            } catch (IOException | RuntimeException | Error e) {
                count.completeExceptionally(e);
            }
        });
        return count;
    }

    private int next(ByteBuffer into) throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        if (position >= size) {
            return -1;
        }
        Volume.Input in = opened();
        int start = into.position();
        while (into.hasRemaining() && position < size) {
            ByteBuffer block = verified(in);
            block.limit(block.position() + Math.min(block.remaining(), into.remaining()));
            int count = block.remaining();
            into.put(block);
            position += count;
        }
        return into.position() - start;
    }

    /** What is left of the block at the position. */
    private ByteBuffer verified(Volume.Input in) throws IOException {
        ByteBuffer block = BLOCK.get();
        try {
            Blocks.read(in, seed, size, position, block);
        } catch (IOException e) {
            entries.lose(entry, false, e);
            throw e;
        }
        return block;
    }

    private Volume.Input opened() throws IOException {
        Volume.Input in = file;
        if (in == null) {
            in = entries.open(entry, false);
            file = in;
        }
        return in;
    }

    /** Closes the file once a read that is under way has completed; one that waits fails. */
    @Override
    public void close() {
        closed = true;
        lane.execute(this::closeFile);
    }

    private void closeFile() {
        try (Volume.Input in = file) {
            file = null;
        } catch (IOException e) {
            // It has been read; there is nothing left to lose.
        }
    }
}
