package io.proxystone.cache;

import io.proxystone.http.FieldName;
import io.proxystone.http.Fields;
import io.proxystone.http.HttpVersion;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A stored response without its content: what it said, for which requests, when it came and how long it may be reused.
 *
 * @param id tells it from the other responses under its key; a freshened head keeps it
 * @param fields the fields that clients get, less those that are made anew for each of them
 * @param trailers the fields that came after the content
 * @param size the octets of the content, or -1 while it is not known
 * @param selection the requests it is for (RFC 9111 §4.1)
 * @param rule the name of the settings' rule that decided, or an empty text
 * @param tags what it can be purged by besides its key
 */
public record StoredHead(
        long id,
        HttpVersion version,
        int status,
        String reason,
        Fields fields,
        Fields trailers,
        long size,
        Selection selection,
        Freshness freshness,
        String rule,
        Set<String> tags) {

    public StoredHead {
        tags = Set.copyOf(tags);
    }

    /** The entity tag as it was sent, or null. */
    public @Nullable String entityTag() {
        return fields.first(FieldName.ETAG);
    }

    /** The Last-Modified as it was sent, or null. */
    public @Nullable String lastModified() {
        return fields.first(FieldName.LAST_MODIFIED);
    }

    /** Whether it can be validated: the origin can be asked whether it has changed (RFC 9111 §4.3.1). */
    public boolean hasValidator() {
        return fields.contains(FieldName.ETAG) || fields.contains(FieldName.LAST_MODIFIED);
    }

    /** The same head for content that has come whole. */
    public StoredHead complete(long octets, Fields trailing) {
        return new StoredHead(id, version, status, reason, fields, trailing, octets, selection, freshness, rule, tags);
    }

    /** The same response with other freshness. */
    public StoredHead with(Freshness other) {
        return new StoredHead(id, version, status, reason, fields, trailers, size, selection, other, rule, tags);
    }
}
