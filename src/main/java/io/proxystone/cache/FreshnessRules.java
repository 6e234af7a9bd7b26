package io.proxystone.cache;

import io.proxystone.cache.Freshness.Source;
import io.proxystone.cache.Freshness.StaleUse;
import io.proxystone.http.CacheControl;
import io.proxystone.http.FieldName;
import io.proxystone.http.Fields;
import io.proxystone.http.HttpDate;
import io.proxystone.http.StatusCode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How old a response is when it comes, and how long it may be reused (RFC 9111 §4.2). Times are milliseconds since 1970. */
final class FreshnessRules {
    private static final long SECOND = 1000;
    /** The share of its age since Last-Modified that a response stays fresh without saying so (RFC 9111 §4.2.2). */
    private static final double HEURISTIC_FRACTION = 0.1;

    private final Fields fields;
    private final int status;
    private final ResponseControl control;
    private final CacheRule rule;
    private final long requested;
    private final long received;

    /**
     * @param requested when the request was sent: request_time
     * @param received when the response came: response_time
     */
    FreshnessRules(Fields fields, int status, ResponseControl control, CacheRule rule, long requested, long received) {
        this.fields = fields;
        this.status = status;
        this.control = control;
        this.rule = rule;
        this.requested = requested;
        this.received = received;
    }

    Freshness freshness() {
        Source source = source();
        CacheControl directives = control.directives();
        return new Freshness(
                received,
                initialAge(),
                source == Source.RULE ? lifetime(source) : rule.bound(lifetime(source)),
                source,
                window(
                        directives.staleWhileRevalidate(),
                        rule.staleWhileRevalidate().toMillis()),
                window(directives.staleIfError(), rule.staleIfError().toMillis()),
                staleUse(directives));
    }

    private static long window(long seconds, long otherwise) {
        return seconds >= 0 ? seconds * SECOND : otherwise;
    }

    private StaleUse staleUse(CacheControl directives) {
        if (directives.noCache()) {
            return StaleUse.FORBIDDEN_ALSO_FRESH;
        }
        boolean forbidden = directives.mustRevalidate() || directives.proxyRevalidate() || directives.sMaxage() >= 0;
        return forbidden ? StaleUse.FORBIDDEN : StaleUse.ALLOWED;
    }

    /** Where the lifetime comes from; the first that is there counts (RFC 9111 §4.2.1). */
    Source source() {
        CacheControl directives = control.directives();
        if (rule.hasTtlFor(status)) {
            return Source.RULE;
        } else if (directives.sMaxage() >= 0) {
            return control.targeted() ? Source.TARGETED : Source.S_MAXAGE;
        } else if (directives.maxAge() >= 0) {
            return control.targeted() ? Source.TARGETED : Source.MAX_AGE;
        } else if (!control.targeted() && fields.contains(FieldName.EXPIRES)) {
            return Source.EXPIRES;
        }
        boolean heuristic = StatusCode.isHeuristicallyCacheable(status) || directives.isPublic();
        return heuristic && instant(FieldName.LAST_MODIFIED) != null ? Source.HEURISTIC : Source.NONE;
    }

    private long lifetime(Source source) {
        CacheControl directives = control.directives();
        return switch (source) {
            case RULE -> rule.ttl() == null ? 0 : rule.ttl().toMillis();
            case S_MAXAGE -> directives.sMaxage() * SECOND;
            case MAX_AGE -> directives.maxAge() * SECOND;
            case TARGETED ->
                Math.max(0, directives.sMaxage() >= 0 ? directives.sMaxage() : directives.maxAge()) * SECOND;
            case EXPIRES -> {
                Instant expires = instant(FieldName.EXPIRES);
                // What is no date, such as 0, is in the past (RFC 9111 §5.3).
                yield expires == null ? 0 : Math.max(0, expires.toEpochMilli() - date());
            }
            case HEURISTIC -> {
                Instant modified = instant(FieldName.LAST_MODIFIED);
                long unchanged = modified == null ? 0 : date() - modified.toEpochMilli();
                yield Math.min(rule.heuristicLimit().toMillis(), Math.max(0, (long) (unchanged * HEURISTIC_FRACTION)));
            }
            case NONE -> 0;
        };
    }

    /** The age at which it came: corrected_initial_age (RFC 9111 §4.2.3). */
    private long initialAge() {
        long apparent = Math.max(0, wholeSeconds(received) - date());
        long corrected = age() * SECOND + Math.max(0, received - requested);
        return Math.max(apparent, corrected);
    }

    /** The Age it came with, in seconds; the first number counts, and what is no number does not (RFC 9111 §5.1). */
    private long age() {
        String line = fields.first(FieldName.AGE);
        if (line == null) {
            return 0;
        }
        int comma = line.indexOf(',');
        return DeltaSeconds.parse(comma < 0 ? line : line.substring(0, comma), 0);
    }

    private long date() {
        Instant date = instant(FieldName.DATE);
        return date == null ? wholeSeconds(received) : date.toEpochMilli();
    }

    /** Dates have no fractions of a second: a response of this second is not older than it. */
    private static long wholeSeconds(long millis) {
        return millis - Math.floorMod(millis, SECOND);
    }

    private @Nullable Instant instant(FieldName name) {
        String text = fields.first(name);
        return text == null ? null : HttpDate.parseInAnyCase(text, Instant.ofEpochMilli(received));
    }
}
