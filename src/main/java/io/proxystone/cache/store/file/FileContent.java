package io.proxystone.cache.store.file;

import io.proxystone.cache.StoredContent;
import io.proxystone.cache.store.file.Entries.Found;

/** The content of an entry, which lies in its file. */
record FileContent(StoreParts store, Found found) implements StoredContent {
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
