package io.proxystone.cache;

/** Whether a response is stored (RFC 9111 §3). */
public sealed interface StorageDecision {

    /** It is, with this head, once its content has come whole. */
    record Store(StoredHead head) implements StorageDecision {}

    /** It is not. */
    record Pass(NotStored reason) implements StorageDecision {}
}
