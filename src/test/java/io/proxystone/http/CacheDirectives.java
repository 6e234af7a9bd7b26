package io.proxystone.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What the accessors of some Cache-Control say, as one text for tables. */
final class CacheDirectives {
    private final List<String> directives = new ArrayList<>();

    private CacheDirectives() {}

    static String of(CacheControl control) {
        CacheDirectives all = new CacheDirectives();
        all.flag("immutable", control.immutable());
        all.duration("max-age", control.maxAge());
        all.duration("max-stale", control.maxStale());
        all.duration("min-fresh", control.minFresh());
        all.flag("must-revalidate", control.mustRevalidate());
        all.flag("must-understand", control.mustUnderstand());
        all.flag("no-cache", control.noCache());
        all.fields("no-cache", control.noCacheFields());
        all.flag("no-store", control.noStore());
        all.flag("no-transform", control.noTransform());
        all.flag("only-if-cached", control.onlyIfCached());
        all.flag("private", control.isPrivate());
        all.fields("private", control.privateFields());
        all.flag("proxy-revalidate", control.proxyRevalidate());
        all.flag("public", control.isPublic());
        all.duration("s-maxage", control.sMaxage());
        all.duration("stale-if-error", control.staleIfError());
        all.duration("stale-while-revalidate", control.staleWhileRevalidate());
        return String.join(" ", all.directives);
    }

    private void flag(String name, boolean present) {
        if (present) {
            directives.add(name);
        }
    }

    private void duration(String name, long seconds) {
        if (seconds != -1) {
            directives.add(name + "=" + (seconds == Long.MAX_VALUE ? "any" : Long.toString(seconds)));
        }
    }

    private void fields(String name, Set<String> names) {
        if (!names.isEmpty()) {
            directives.add(name + "=" + String.join("+", new TreeSet<>(names)));
        }
    }
}
