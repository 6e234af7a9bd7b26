package io.proxystone.http;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The directives of a message to the caches on its way (RFC 9111 §5.2). Durations are in seconds, at most 2³¹, and -1 if
 * absent; names of fields are in lower case.
 */
public final class CacheControl {
    public static final CacheControl NONE = new Builder().build();

    private final Set<CacheDirective> present;
    private final Map<CacheDirective, Long> seconds;
    private final Map<CacheDirective, Set<String>> fields;

    private CacheControl(Builder builder) {
        this.present = builder.present;
        this.seconds = builder.seconds;
        this.fields = builder.fields;
    }

    /**
     * Reads Cache-Control. What is malformed restricts: a lifetime becomes 0, a list of fields means the whole response.
     * Of several durations for one directive the first counts (RFC 9111 §4.2.1).
     */
    public static CacheControl parse(List<String> lines) {
        return lines.isEmpty() ? NONE : CacheControlParser.parse(lines);
    }

    /**
     * Takes the directives of a targeted field such as CDN-Cache-Control (RFC 9213 §2.1). One whose value has another type
     * than the directive's is ignored.
     */
    public static CacheControl ofDictionary(StructuredDictionary dictionary) {
        return TargetedCacheControl.read(dictionary);
    }

    /** Whether no directive known here is given. */
    public boolean isEmpty() {
        return present.isEmpty() && seconds.isEmpty() && fields.isEmpty();
    }

    public boolean noStore() {
        return present.contains(CacheDirective.NO_STORE);
    }

    public boolean noTransform() {
        return present.contains(CacheDirective.NO_TRANSFORM);
    }

    public boolean mustRevalidate() {
        return present.contains(CacheDirective.MUST_REVALIDATE);
    }

    public boolean proxyRevalidate() {
        return present.contains(CacheDirective.PROXY_REVALIDATE);
    }

    public boolean mustUnderstand() {
        return present.contains(CacheDirective.MUST_UNDERSTAND);
    }

    public boolean onlyIfCached() {
        return present.contains(CacheDirective.ONLY_IF_CACHED);
    }

    /** RFC 8246. */
    public boolean immutable() {
        return present.contains(CacheDirective.IMMUTABLE);
    }

    public boolean isPublic() {
        return present.contains(CacheDirective.PUBLIC);
    }

    /** Whether private is given for the whole response. */
    public boolean isPrivate() {
        return present.contains(CacheDirective.PRIVATE);
    }

    /** The fields that private is limited to. */
    public Set<String> privateFields() {
        return fields.getOrDefault(CacheDirective.PRIVATE, Set.of());
    }

    /** Whether no-cache is given for the whole message. */
    public boolean noCache() {
        return present.contains(CacheDirective.NO_CACHE);
    }

    /** The fields that no-cache is limited to. */
    public Set<String> noCacheFields() {
        return fields.getOrDefault(CacheDirective.NO_CACHE, Set.of());
    }

    public long maxAge() {
        return seconds(CacheDirective.MAX_AGE);
    }

    public long sMaxage() {
        return seconds(CacheDirective.S_MAXAGE);
    }

    /** {@link Long#MAX_VALUE} if a response of any age will do. */
    public long maxStale() {
        return seconds(CacheDirective.MAX_STALE);
    }

    public long minFresh() {
        return seconds(CacheDirective.MIN_FRESH);
    }

    /** RFC 5861 §4. */
    public long staleIfError() {
        return seconds(CacheDirective.STALE_IF_ERROR);
    }

    /** RFC 5861 §3. */
    public long staleWhileRevalidate() {
        return seconds(CacheDirective.STALE_WHILE_REVALIDATE);
    }

    private long seconds(CacheDirective directive) {
        return seconds.getOrDefault(directive, -1L);
    }

    /** Collects directives, which restrict each other only as far as they are the same one. */
    static final class Builder {
        /** The longest duration that is told apart from longer ones (RFC 9111 §1.2.2). */
        static final long MAX_SECONDS = 1L << 31;

        private final Set<CacheDirective> present = EnumSet.noneOf(CacheDirective.class);
        private final Map<CacheDirective, Long> seconds = new EnumMap<>(CacheDirective.class);
        private final Map<CacheDirective, Set<String>> fields = new EnumMap<>(CacheDirective.class);

        void add(CacheDirective directive) {
            present.add(directive);
        }

        /** Adds a directive with a duration, or -1 if it has none that counts; only the first one stays. */
        void add(CacheDirective directive, long duration) {
            seconds.putIfAbsent(directive, duration);
        }

        /** Adds a directive for fields named in lower case; for none of them, it is meant for all. */
        void add(CacheDirective directive, Set<String> names) {
            if (names.isEmpty()) {
                add(directive);
                return;
            }
            Set<String> all = new LinkedHashSet<>(fields.getOrDefault(directive, Set.of()));
            all.addAll(names);
            fields.put(directive, Set.copyOf(all));
        }

        CacheControl build() {
            return new CacheControl(this);
        }
    }
}
