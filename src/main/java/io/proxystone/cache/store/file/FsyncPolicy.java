package io.proxystone.cache.store.file;

/** When what is written must have reached the medium, not only the operating system. */
public enum FsyncPolicy {
    /** Never: a loss of power may cost what was stored last. What it leaves half written is noticed and not served. */
    NONE,
    /** Before a response becomes visible. */
    COMMIT
}
