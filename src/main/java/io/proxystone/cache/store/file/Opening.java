package io.proxystone.cache.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * What a store does when it starts, while it is in use already: it deletes what an earlier run has left in the middle of
 * writing, and lists one shard after the other. Entries in a directory of another form are deleted.
 */
final class Opening {
    private static final ByteBuffer FORM =
            StandardCharsets.US_ASCII.encode("proxy-stone file store 1\n").asReadOnlyBuffer();

    private final StoreParts store;
    private final Path formFile;

    Opening(StoreParts store) {
        this.store = store;
        this.formFile = store.settings().directory().resolve("VERSION");
    }

    void start() {
        store.disk().writers().execute(() -> {
            boolean usable = prepare();
            next(0, usable);
        });
    }

    /** Whether the entries in the directory are of this form, as far as it says. */
    private boolean prepare() {
        boolean usable = true;
        try {
            store.files().deleteLeftovers();
            usable = isOfThisForm();
        } catch (NoSuchFileException e) {
            write();
        } catch (IOException e) {
            store.failures().report("open", formFile, e);
        }
        if (!usable) {
            write();
        }
        return usable;
    }

    private boolean isOfThisForm() throws IOException {
        ByteBuffer form = ByteBuffer.allocate(FORM.remaining());
        try (Volume.Input file = store.files().open(formFile)) {
            if (file.size() != form.remaining()) {
                return false;
            }
            Blocks.readFully(file, 0, form);
        }
        return form.flip().equals(FORM);
    }

    private void write() {
        try {
            store.files().put(FORM.duplicate(), formFile);
        } catch (IOException e) {
            store.failures().reportWrite(formFile, e);
        }
    }

    private void next(int shard, boolean usable) {
        if (shard == Digest.SHARDS || store.disk().isClosed()) {
            // Only now it is known who is the oldest. Until then only what is written has others go.
            store.index().sort();
            store.room().make();
            return;
        }
        store.disk().lane(shard).execute(() -> {
            try {
                if (usable) {
                    store.listing().list(shard);
                } else {
                    store.listing().clear(shard);
                }
            } finally {
                next(shard + 1, usable);
            }
        });
    }
}
