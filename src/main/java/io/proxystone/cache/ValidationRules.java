package io.proxystone.cache;

import io.proxystone.http.CacheControl;
import io.proxystone.http.EntityTag;
import io.proxystone.http.FieldName;
import io.proxystone.http.Fields;
import io.proxystone.http.ResponseHead;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How stored responses are validated, and what a validation makes of them (RFC 9111 §4.3). */
public final class ValidationRules {
    private ValidationRules() {}

    /** A request's fields with its own conditions replaced by those that validate what is stored (RFC 9111 §4.3.1). */
    public static Fields conditions(Fields request, ReuseDecision.Validate validation) {
        Fields.Builder fields = Fields.builder();
        addWithoutConditions(request, fields);
        String tags = validation.candidates().stream()
                .map(candidate -> candidate.head().entityTag())
                .filter(tag -> tag != null)
                .distinct()
                .collect(Collectors.joining(", "));
        if (!tags.isEmpty()) {
            fields.add(FieldName.IF_NONE_MATCH, tags);
        }
        StoredResponse selected = validation.selected();
        String modified = selected == null ? null : selected.head().lastModified();
        if (modified != null) {
            fields.add(FieldName.IF_MODIFIED_SINCE, modified);
        }
        return fields.build();
    }

    /** A request's fields without conditions and ranges, for the whole of what it asks for. */
    public static Fields unconditional(Fields request) {
        boolean plain = !request.contains(FieldName.IF_NONE_MATCH)
                && !request.contains(FieldName.IF_MODIFIED_SINCE)
                && !request.contains(FieldName.IF_RANGE)
                && !request.contains(FieldName.RANGE);
        if (plain) {
            return request;
        }
        Fields.Builder fields = Fields.builder();
        addWithoutConditions(request, fields);
        return fields.build();
    }

    private static void addWithoutConditions(Fields request, Fields.Builder fields) {
        for (int line = 0; line < request.size(); line++) {
            FieldName name = request.known(line);
            boolean condition = name == FieldName.IF_NONE_MATCH
                    || name == FieldName.IF_MODIFIED_SINCE
                    || name == FieldName.IF_RANGE
                    || name == FieldName.RANGE;
            if (!condition) {
                fields.add(request.name(line), request.value(line));
            }
        }
    }

    /** The stored response that a 304 is about, or null if it is about none of them (RFC 9111 §4.3.4). */
    public static @Nullable StoredResponse confirmed(ReuseDecision.Validate validation, ResponseHead notModified) {
        StoredResponse selected = validation.selected();
        if (selected != null && isAbout(selected.head(), notModified.fields())) {
            return selected;
        }
        boolean tagged = notModified.fields().contains(FieldName.ETAG);
        if (!tagged && (selected != null || validation.candidates().size() != 1)) {
            return null;
        }
        StoredResponse latest = null;
        for (StoredResponse candidate : validation.candidates()) {
            boolean newer = latest == null
                    || candidate.head().freshness().received()
                            > latest.head().freshness().received();
            if (newer && isAbout(candidate.head(), notModified.fields())) {
                latest = candidate;
            }
        }
        return latest;
    }

    /** Whether the validators of a 304 are those of a stored response; without any, it is about what was asked for. */
    private static boolean isAbout(StoredHead stored, Fields notModified) {
        String tag = notModified.first(FieldName.ETAG);
        String modified = notModified.first(FieldName.LAST_MODIFIED);
        boolean sameTime = modified != null && modified.equals(stored.lastModified());
        String storedTag = stored.entityTag();
        if (tag == null || storedTag == null) {
            return sameTime || (tag == null && modified == null);
        }
        EntityTag one = EntityTag.parse(tag);
        EntityTag other = EntityTag.parse(storedTag);
        if (one == null || other == null) {
            return tag.equals(storedTag);
        }
        // A strong tag names the octets; a weak one that is stored can be of others, unless they are of the same time.
        return one.matchesWeakly(other) && (one.weak() || !other.weak() || sameTime);
    }

    /**
     * The head of a stored response after the origin has confirmed it: with the fields of the confirmation and their
     * freshness (RFC 9111 §4.3.4).
     *
     * @param rule the rule for it
     * @param requested when the confirmation was asked for, in milliseconds since 1970
     * @param received when it came
     */
    public static StoredHead freshened(
            StoredHead stored, ResponseHead newer, CacheRule rule, long requested, long received) {
        Fields updated = StoredFields.update(stored.fields(), newer.fields(), received);
        CacheControl control = ResponseControl.of(updated, rule).directives();
        Fields merged = StoredFields.of(updated, control, received);
        Fields withAge = withAgeOf(newer.fields(), merged);
        Freshness freshness = StorageRules.freshness(withAge, stored.status(), rule, requested, received);
        return new StoredHead(
                stored.id(),
                stored.version(),
                stored.status(),
                stored.reason(),
                merged,
                stored.trailers(),
                stored.size(),
                stored.selection(),
                freshness,
                rule.name(),
                stored.tags());
    }

    /** The merged fields as freshness is computed of them: with the Age of the confirmation, which is not stored. */
    private static Fields withAgeOf(Fields newer, Fields merged) {
        List<String> age = newer.all(FieldName.AGE);
        return age.isEmpty()
                ? merged
                : Fields.builder().addAll(merged).add(FieldName.AGE, age.get(0)).build();
    }

    /**
     * Whether a response to HEAD is about the representation that is stored, so that it freshens it; if not, what is stored
     * has changed (RFC 9111 §4.3.5).
     */
    public static boolean describes(ResponseHead head, StoredHead stored) {
        return agrees(head.fields().first(FieldName.ETAG), stored.entityTag())
                && agrees(head.fields().first(FieldName.LAST_MODIFIED), stored.lastModified())
                && (stored.size() < 0
                        || agrees(head.fields().first(FieldName.CONTENT_LENGTH), Long.toString(stored.size())));
    }

    private static boolean agrees(@Nullable String told, @Nullable String known) {
        return told == null || told.equals(known);
    }
}
