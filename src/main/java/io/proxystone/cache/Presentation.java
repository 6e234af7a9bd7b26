package io.proxystone.cache;

import io.proxystone.http.ByteRange;
import io.proxystone.http.ByteRanges;
import io.proxystone.http.ContentRange;
import io.proxystone.http.EntityTag;
import io.proxystone.http.FieldName;
import io.proxystone.http.Fields;
import io.proxystone.http.HttpDate;
import io.proxystone.http.Method;
import io.proxystone.http.Preconditions;
import io.proxystone.http.StatusCode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How a stored response answers one request: whole, in part, by its head alone, or as not modified (RFC 9110 §13.2.2, §14;
 * RFC 9111 §4.3.2).
 *
 * @param fields the fields, with Age and Cache-Status
 * @param parts what of the content goes with them, in order; empty for none
 */
public record Presentation(int status, String reason, Fields fields, List<Part> parts) {

    /**
     * A part of the content.
     *
     * @param before octets of the presentation's own that go before it
     * @param first the offset of its first octet
     * @param length its octets
     */
    public record Part(byte[] before, long first, long length) {}

    private static final byte[] NOTHING = {};

    /** Presents a response whose content is stored whole. */
    public static Presentation of(CacheRequest request, StoredHead head, CacheStatus status, long now) {
        if (head.status() != 200) {
            return whole(request, head, status, now);
        }
        // A POST with conditions is not answered by 304 (RFC 9110 §13.1.2, §13.1.3).
        if (!request.method().equals(Method.POST) && isNotModified(request.fields(), head)) {
            return notModified(head, status, now);
        }
        String range = request.range();
        if (range == null || !isRangeWanted(request.fields(), head)) {
            return whole(request, head, status, now);
        }
        ByteRanges ranges = ByteRanges.parse(range);
        if (ranges == null || head.size() < 0) {
            return whole(request, head, status, now);
        }
        List<ByteRange> satisfiable = ranges.satisfiable(head.size());
        if (satisfiable.isEmpty()) {
            return unsatisfiable(head, status, now);
        }
        return satisfiable.size() == 1
                ? single(head, satisfiable.get(0), status, now)
                : multiple(head, satisfiable, status, now);
    }

    /** Whether the request's own conditions say that it has this response already. */
    public static boolean isNotModified(Fields request, StoredHead head) {
        boolean conditional =
                request.contains(FieldName.IF_NONE_MATCH) || request.contains(FieldName.IF_MODIFIED_SINCE);
        return conditional
                && head.status() == 200
                && Preconditions.evaluateForCache(request, head.entityTag(), head.lastModified(), date(head))
                        == Preconditions.Outcome.NOT_MODIFIED;
    }

    private static Instant date(StoredHead head) {
        String text = head.fields().first(FieldName.DATE);
        Instant date = text == null ? null : HttpDate.parse(text);
        return date == null ? Instant.ofEpochMilli(head.freshness().received()) : date;
    }

    private static boolean isRangeWanted(Fields request, StoredHead head) {
        String ifRange = request.first(FieldName.IF_RANGE);
        if (ifRange == null) {
            return true;
        }
        return (EntityTag.parse(ifRange) != null || isLastModifiedStrong(head))
                && Preconditions.ifRangeMatches(ifRange, head.entityTag(), head.lastModified());
    }

    /** Whether the response was made later than in the second it was last modified in (RFC 9110 §8.8.2.2). */
    private static boolean isLastModifiedStrong(StoredHead head) {
        String text = head.lastModified();
        Instant modified = text == null ? null : HttpDate.parse(text);
        return modified != null && date(head).isAfter(modified);
    }

    private static Presentation whole(CacheRequest request, StoredHead head, CacheStatus status, long now) {
        Fields.Builder fields = Fields.builder().addAll(head.fields());
        addOwn(head, status, now, fields);
        boolean headOnly = request.method().equals(Method.HEAD);
        if (headOnly && head.size() >= 0 && !StatusCode.hasNoContent(head.status())) {
            fields.add(FieldName.CONTENT_LENGTH, Long.toString(head.size()));
        }
        List<Part> parts = headOnly ? List.of() : List.of(new Part(NOTHING, 0, head.size()));
        return new Presentation(head.status(), head.reason(), fields.build(), parts);
    }

    private static Presentation notModified(StoredHead head, CacheStatus status, long now) {
        Fields.Builder fields = Fields.builder();
        for (int line = 0; line < head.fields().size(); line++) {
            FieldName name = head.fields().known(line);
            boolean about = name == FieldName.CONTENT_TYPE
                    || name == FieldName.CONTENT_ENCODING
                    || name == FieldName.CONTENT_LENGTH
                    || name == FieldName.CONTENT_RANGE;
            if (!about) {
                fields.add(head.fields().name(line), head.fields().value(line));
            }
        }
        addOwn(head, status, now, fields);
        return new Presentation(304, StatusCode.reason(304), fields.build(), List.of());
    }

    private static Presentation unsatisfiable(StoredHead head, CacheStatus status, long now) {
        Fields.Builder fields = Fields.builder().add(FieldName.CONTENT_RANGE, "bytes */" + head.size());
        addOwn(head, status, now, fields);
        return new Presentation(416, StatusCode.reason(416), fields.build(), List.of());
    }

    private static Presentation single(StoredHead head, ByteRange range, CacheStatus status, long now) {
        Fields.Builder fields = Fields.builder()
                .addAll(head.fields())
                .add(FieldName.CONTENT_RANGE, new ContentRange(range.first(), range.last(), head.size()).text());
        addOwn(head, status, now, fields);
        List<Part> parts = List.of(new Part(NOTHING, range.first(), range.length()));
        return new Presentation(206, StatusCode.reason(206), fields.build(), parts);
    }

    /** Several ranges as multipart/byteranges (RFC 9110 §14.6). */
    private static Presentation multiple(StoredHead head, List<ByteRange> ranges, CacheStatus status, long now) {
        String boundary = "part-" + Long.toHexString(head.id()) + "-" + Long.toHexString(now);
        String type = head.fields().first(FieldName.CONTENT_TYPE);
        List<Part> parts = new ArrayList<>();
        String lead = "--";
        for (ByteRange range : ranges) {
            String before = lead + boundary + "\r\n" + (type == null ? "" : "Content-Type: " + type + "\r\n")
                    + "Content-Range: " + new ContentRange(range.first(), range.last(), head.size()).text()
                    + "\r\n\r\n";
            parts.add(new Part(before.getBytes(StandardCharsets.ISO_8859_1), range.first(), range.length()));
            lead = "\r\n--";
        }
        parts.add(new Part(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.ISO_8859_1), 0, 0));
        Fields.Builder fields = Fields.builder();
        for (int line = 0; line < head.fields().size(); line++) {
            if (head.fields().known(line) != FieldName.CONTENT_TYPE) {
                fields.add(head.fields().name(line), head.fields().value(line));
            }
        }
        fields.add(FieldName.CONTENT_TYPE, "multipart/byteranges; boundary=" + boundary);
        addOwn(head, status, now, fields);
        return new Presentation(206, StatusCode.reason(206), fields.build(), parts);
    }

    /** Adds what is made anew for each client. Age would say that it does not come from the origin just now. */
    private static void addOwn(StoredHead head, CacheStatus status, long now, Fields.Builder fields) {
        long age = head.freshness().ageSeconds(now);
        boolean reused = status.forward() == null || status.collapsed();
        if (reused || age > 0) {
            fields.add(FieldName.AGE, Long.toString(age));
        }
        fields.add(FieldName.CACHE_STATUS, status.text());
    }

    /** The octets of the content, those of its own included. */
    public long size() {
        long size = 0;
        for (Part part : parts) {
            size += part.before().length + part.length();
        }
        return size;
    }
}
