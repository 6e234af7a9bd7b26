package io.proxystone.cache;

/** A response in a store: its head and where its content is read. */
public record StoredResponse(StoredHead head, StoredContent content) {

    /** The same content under another head, as a validation leaves it (RFC 9111 §4.3.4). */
    public StoredResponse with(StoredHead freshened) {
        return new StoredResponse(freshened, content);
    }
}
