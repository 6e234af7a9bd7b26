package io.proxystone.cache.store.file;

import io.proxystone.cache.CacheSettings.Files.Fsync;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The files of a store: where they are, how they get there and how they go. An entry has one in the directory of its shard,
 * and perhaps one of a newer head beside it. Both come there by renaming, so that they are whole or not there.
 */
final class EntryFiles {
    private static final String TEMPORARY_SUFFIX = ".tmp";
    private static final String TEMPORARY_FORM = "[0-9a-f]{16}-[0-9]+\\" + TEMPORARY_SUFFIX;

    private final Path directory;
    private final Volume volume;
    private final Fsync fsync;

    /** Tells this run's temporary files from those that another one has left. */
    private final String run =
            HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());

    private final AtomicLong temporaries = new AtomicLong();

    EntryFiles(Path directory, Volume volume, Fsync fsync) {
        this.directory = directory;
        this.volume = volume;
        this.fsync = fsync;
    }

    /** Where an entry has its content, or its newer head. */
    Path file(Entry entry, boolean head) {
        return file(new FileName(entry, entry.id(), head));
    }

    private Path file(FileName name) {
        return directory(name.digest().shard()).resolve(name.toString());
    }

    /** Where the files of a shard are. */
    Path directory(int shard) {
        return directory.resolve(HexFormat.of().toHexDigits((byte) shard));
    }

    private Path temporaryDirectory() {
        return directory.resolve("tmp");
    }

    /** Where a file may be written before it gets its place. */
    Path newTemporary() {
        return temporaryDirectory().resolve(run + "-" + temporaries.incrementAndGet() + TEMPORARY_SUFFIX);
    }

    Volume.Output create(Path file) throws IOException {
        return volume.create(file);
    }

    Volume.Input open(Path file) throws IOException {
        return volume.open(file);
    }

    /** Ends the writing of a temporary file. */
    void finish(Volume.Output file) throws IOException {
        try (file) {
            if (fsync == Fsync.COMMIT) {
                // The renaming that follows is not forced: if it is lost, so is the response, and nothing else.
                file.force();
            }
        }
    }

    /** Makes a temporary file that of an entry. */
    void place(Path temporary, Entry entry) throws IOException {
        // Whatever head is there was that of another response with this id.
        volume.delete(file(entry, true));
        volume.rename(temporary, file(entry, false));
    }

    /** Puts a newer head beside an entry, in place of the one that may be there. */
    void placeHead(byte[] footer, Entry entry) throws IOException {
        put(ByteBuffer.wrap(footer), file(entry, true));
    }

    /** Writes a file in place of the one that may be there, which it is until the new one is whole. */
    void put(ByteBuffer content, Path file) throws IOException {
        Path temporary = newTemporary();
        try {
            Volume.Output out = volume.create(temporary);
            try (out) {
                out.write(content);
                finish(out);
            }
            volume.rename(temporary, file);
        } catch (IOException e) {
            try {
                volume.delete(temporary);
            } catch (IOException further) {
                e.addSuppressed(further);
            }
            throw e;
        }
    }

    /** Deletes the files of an entry; the newer head last, so that the older one does not come back without it. */
    void delete(Entry entry) throws IOException {
        volume.delete(file(entry, false));
        if (entry.isFreshened()) {
            volume.delete(file(entry, true));
        }
    }

    void delete(FileName name) throws IOException {
        volume.delete(file(name));
    }

    void delete(Path temporary) throws IOException {
        volume.delete(temporary);
    }

    /** The files in a shard. */
    List<Volume.Listed> list(int shard) throws IOException {
        return volume.list(directory(shard), "");
    }

    /** The files of the entries under a digest. */
    List<Volume.Listed> list(Digest digest) throws IOException {
        return volume.list(directory(digest.shard()), digest.toString());
    }

    /** Deletes what earlier runs have left in the middle of writing. */
    void deleteLeftovers() throws IOException {
        for (Volume.Listed file : volume.list(temporaryDirectory(), "")) {
            if (file.name().matches(TEMPORARY_FORM) && !file.name().startsWith(run)) {
                volume.delete(temporaryDirectory().resolve(file.name()));
            }
        }
    }

    /** The octets that may still be written. */
    long free() throws IOException {
        return volume.free(directory);
    }
}
