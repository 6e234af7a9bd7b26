package io.proxystone.http;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A cache directive the gateway understands (RFC 9111 §5.2, RFC 5861, RFC 8246). */
enum CacheDirective {
    IMMUTABLE("immutable", Argument.NONE),
    MAX_AGE("max-age", Argument.LIFETIME),
    MAX_STALE("max-stale", Argument.OPTIONAL_SECONDS),
    MIN_FRESH("min-fresh", Argument.SECONDS),
    MUST_REVALIDATE("must-revalidate", Argument.NONE),
    MUST_UNDERSTAND("must-understand", Argument.NONE),
    NO_CACHE("no-cache", Argument.OPTIONAL_FIELD_NAMES),
    NO_STORE("no-store", Argument.NONE),
    NO_TRANSFORM("no-transform", Argument.NONE),
    ONLY_IF_CACHED("only-if-cached", Argument.NONE),
    PRIVATE("private", Argument.OPTIONAL_FIELD_NAMES),
    PROXY_REVALIDATE("proxy-revalidate", Argument.NONE),
    PUBLIC("public", Argument.NONE),
    S_MAXAGE("s-maxage", Argument.LIFETIME),
    STALE_IF_ERROR("stale-if-error", Argument.SECONDS),
    STALE_WHILE_REVALIDATE("stale-while-revalidate", Argument.SECONDS);

    /** What may stand behind the name of a directive. */
    enum Argument {
        NONE,
        OPTIONAL_FIELD_NAMES,
        /** Seconds a response is fresh for. */
        LIFETIME,
        SECONDS,
        /** Seconds; without them, any number is meant. */
        OPTIONAL_SECONDS
    }

    private static final Map<String, CacheDirective> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toMap(directive -> directive.text, Function.identity()));

    private final String text;
    private final Argument argument;

    CacheDirective(String text, Argument argument) {
        this.text = text;
        this.argument = argument;
    }

    /** The directive with a name in any case, or null. */
    static @Nullable CacheDirective find(String name) {
        return BY_NAME.get(name.toLowerCase(Locale.ROOT));
    }

    Argument argument() {
        return argument;
    }
}
