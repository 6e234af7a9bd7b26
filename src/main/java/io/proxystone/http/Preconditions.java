package io.proxystone.http;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the conditions of a request come to (RFC 9110 §13). */
public final class Preconditions {
    /** What to do with a request after its conditions were evaluated (RFC 9110 §13.2.2). */
    public enum Outcome {
        /** Answer as if there were no condition. */
        PROCEED,
        /** Answer 304: the client has what is stored. */
        NOT_MODIFIED,
        /** Answer 412. Only an origin comes to this: If-Match and If-Unmodified-Since are not for caches. */
        FAILED
    }

    private Preconditions() {}

    /**
     * Evaluates the conditions of a GET or HEAD that are for caches, against a stored response (RFC 9111 §4.3.2).
     *
     * @param etagText the ETag field as stored; one that is no entity tag matches its own text only
     * @param receivedOrDate the response's Date or, without one, when it was received: stands in for Last-Modified
     */
    public static Outcome evaluateForCache(
            Fields request, @Nullable String etagText, @Nullable String lastModifiedText, Instant receivedOrDate) {
        boolean matches = request.contains(FieldName.IF_NONE_MATCH)
                ? isListed(EntityTagList.parse(request.all(FieldName.IF_NONE_MATCH)), etagText)
                : isUnmodified(request.all(FieldName.IF_MODIFIED_SINCE), lastModifiedText, receivedOrDate);
        return matches ? Outcome.NOT_MODIFIED : Outcome.PROCEED;
    }

    /**
     * Whether an If-Range names the very representation that is stored, so that parts of it can be sent (RFC 9110 §13.1.5).
     * A date that equals Last-Modified counts as a strong validator.
     */
    public static boolean ifRangeMatches(String ifRange, @Nullable String etagText, @Nullable String lastModifiedText) {
        EntityTag wanted = EntityTag.parse(ifRange);
        if (wanted != null) {
            EntityTag stored = etagText == null ? null : EntityTag.parse(etagText);
            return stored != null && wanted.matchesStrongly(stored);
        }
        Instant date = date(ifRange);
        return date != null && date.equals(date(lastModifiedText));
    }

    private static boolean isListed(EntityTagList list, @Nullable String etagText) {
        if (list.isAny()) {
            return true;
        }
        if (etagText == null) {
            return false;
        }
        EntityTag etag = EntityTag.parse(etagText);
        return etag == null ? list.containsText(FieldValue.trim(etagText)) : list.containsWeakly(etag);
    }

    /** Several dates, or what is no date, are no condition (RFC 9110 §13.1.3). */
    private static boolean isUnmodified(List<String> since, @Nullable String lastModifiedText, Instant fallback) {
        Instant date = since.size() == 1 ? date(since.get(0)) : null;
        Instant lastModified = date(lastModifiedText);
        return date != null && !(lastModified == null ? fallback : lastModified).isAfter(date);
    }

    private static @Nullable Instant date(@Nullable String text) {
        return text == null ? null : HttpDate.parse(FieldValue.trim(text));
    }
}
