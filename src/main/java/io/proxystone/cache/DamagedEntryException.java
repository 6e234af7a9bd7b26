package io.proxystone.cache;

import java.io.IOException;

/** Something stored that is not what was written: torn, altered, or of a form this version does not know. */
public final class DamagedEntryException extends IOException {
    public DamagedEntryException(String message) {
        super(message);
    }
}
