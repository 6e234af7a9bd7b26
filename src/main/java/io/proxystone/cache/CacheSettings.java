package io.proxystone.cache;

import io.proxystone.http.CacheControl;
import io.proxystone.http.Fields;
import io.proxystone.http.ResponseHead;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A cache as it is configured.
 *
 * @param memory the store in memory
 * @param files the store in files
 * @param collapse how requests for the same thing share one to the origin
 * @param rules what differs from the RFC's rules, and where; the first that matches counts
 */
public record CacheSettings(Memory memory, Files files, Collapse collapse, List<CacheRule> rules) {
    public static final CacheSettings DEFAULT =
            new CacheSettings(Memory.DEFAULT, Files.DEFAULT, Collapse.DEFAULT, List.of());

    /**
     * The store in memory.
     *
     * @param size the octets it may take, heads and overhead included; 0 for no such store
     * @param maxEntry the largest content it takes, in octets
     */
    public record Memory(long size, long maxEntry) {
        public static final Memory DEFAULT = new Memory(64L << 20, 4L << 20);
    }

    /**
     * The store in files. What it says counts from when its directory is first used until the process ends.
     *
     * @param directory the directory, which nothing else uses; null for no such store
     * @param size the octets its files may take
     * @param maxEntry the largest content it takes, in octets
     * @param fsync when what is stored must have reached the medium
     */
    public record Files(@Nullable String directory, long size, long maxEntry, Fsync fsync) {
        public static final Files DEFAULT = new Files(null, 10L << 30, 2L << 30, Fsync.NONE);

        public Files {
            if (size < 1 || maxEntry < 1) {
                throw new IllegalArgumentException(
                        "size is " + size + " and max-entry is " + maxEntry + "; at least 1 is allowed");
            }
        }

        /** When what is stored must have reached the medium. */
        public enum Fsync {
            /** When the system sees fit: a crash of the machine may lose responses, and never damages one unnoticed. */
            NONE,
            /** Before it is seen. */
            COMMIT
        }
    }

    /**
     * How requests for the same thing share one to the origin.
     *
     * @param enabled whether they do
     * @param deadline how long one waits for the response to another before it goes to the origin itself
     * @param buffer the octets of content on its way that are kept for those who read it later
     */
    public record Collapse(boolean enabled, Duration deadline, long buffer) {
        public static final Collapse DEFAULT = new Collapse(true, Duration.ofSeconds(5), 4L << 20);

        private static final long LEAST_BUFFER = 64 << 10;

        public Collapse {
            if (buffer < LEAST_BUFFER) {
                throw new IllegalArgumentException(
                        "buffer is " + buffer + "; at least " + LEAST_BUFFER + " is allowed");
            }
        }
    }

    public CacheSettings {
        rules = List.copyOf(rules);
        for (CacheRule rule : rules) {
            if (rule.match().isAboutResponses() && rule.countsBeforeResponses()) {
                throw new IllegalArgumentException("a rule with status or content-type cannot have bypass, key,"
                        + " body-methods, client-cache-control or stale-if-unreachable, which count before there is a"
                        + " response");
            }
        }
    }

    /**
     * A request as the rules of caching see it.
     *
     * @param content tells what distinguishes the request's content from another one; asked if a rule caches by it
     */
    public CacheRequest request(String method, CacheTarget target, Fields fields, Supplier<String> content) {
        CacheRule rule = requestRule(method, target, fields);
        CacheControl control = rule.clientCacheControl() == CacheRule.Directives.IGNORE
                ? CacheControl.NONE
                : CacheRequest.controlOf(fields);
        String byContent = rule.cachesMethod(method) ? method + " " + content.get() : null;
        return new CacheRequest(method, CacheKeys.of(target, fields, rule.key(), byContent), fields, control, rule);
    }

    /** The first rule whose request conditions a request meets and that does not depend on the response. */
    public CacheRule requestRule(String method, CacheTarget target, Fields fields) {
        return first(method, target, fields, match -> !match.isAboutResponses());
    }

    /** The first rule whose conditions a request and its response meet. */
    public CacheRule rule(String method, CacheTarget target, Fields fields, ResponseHead response) {
        return first(method, target, fields, match -> match.matches(response));
    }

    /** The first rule whose request conditions are met and whose match passes another test. */
    private CacheRule first(String method, CacheTarget target, Fields fields, Predicate<CacheMatch> test) {
        if (rules.isEmpty()) {
            return CacheRule.DEFAULT;
        }
        String host = target.host();
        String path = target.normalPath();
        for (CacheRule rule : rules) {
            if (test.test(rule.match()) && rule.match().matches(method, host, path, fields)) {
                return rule;
            }
        }
        return CacheRule.DEFAULT;
    }

    /** The key of what GET would get from a URI, to invalidate it. */
    public CacheKey keyOf(CacheTarget target, Fields fields) {
        return CacheKeys.of(target, fields, requestRule("GET", target, fields).key(), null);
    }
}
