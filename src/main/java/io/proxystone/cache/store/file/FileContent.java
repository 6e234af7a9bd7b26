package io.proxystone.cache.store.file;

import io.proxystone.cache.StoredContent;
import io.proxystone.cache.store.file.Entries.Found;

/** The content of an entry, which lies in its file. */
final class FileContent implements StoredContent {
    private final StoreParts store;
    private final Found found;

    FileContent(StoreParts store, Found found) {
        this.store = store;
        this.found = found;
    }

    @Override
    public long size() {
        return found.footer().head().size();
    }

    @Override
    public Reading read(long from) {
        if (from < 0) {
            throw new IllegalArgumentException("There is no content at " + from);
        }
        return new FileReading(store, found, from);
    }
}
