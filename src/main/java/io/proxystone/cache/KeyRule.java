package io.proxystone.cache;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What makes requests ask for the same thing: by default the whole target URI.
 *
 * @param query which query parameters count
 * @param headers request headers whose values count, too
 * @param cookies cookies whose values count, too
 * @param ignoreScheme whether http and https are the same
 * @param ignoreHost whether all hosts are the same
 */
public record KeyRule(
        QueryRule query, List<String> headers, List<String> cookies, boolean ignoreScheme, boolean ignoreHost) {
    public static final KeyRule DEFAULT = new KeyRule(null, null, null, false, false);

    public KeyRule(
            @Nullable QueryRule query,
            @Nullable List<String> headers,
            @Nullable List<String> cookies,
            boolean ignoreScheme,
            boolean ignoreHost) {
        this.query = query == null ? QueryRule.ALL : query;
        this.headers = headers == null
                ? List.of()
                : headers.stream()
                        .map(each -> each.toLowerCase(Locale.ROOT))
                        .sorted()
                        .toList();
        this.cookies = cookies == null ? List.of() : cookies.stream().sorted().toList();
        this.ignoreScheme = ignoreScheme;
        this.ignoreHost = ignoreHost;
    }

    /**
     * Which query parameters count.
     *
     * @param keep patterns of the names that count; empty for all
     * @param drop patterns of the names that do not count
     * @param sort whether their order does not matter
     */
    public record QueryRule(List<Pattern> keep, List<Pattern> drop, boolean sort) {
        public static final QueryRule ALL = new QueryRule(null, null, false);

        public QueryRule(@Nullable List<Pattern> keep, @Nullable List<Pattern> drop, boolean sort) {
            this.keep = keep == null ? List.of() : List.copyOf(keep);
            this.drop = drop == null ? List.of() : List.copyOf(drop);
            this.sort = sort;
        }

        boolean changesNothing() {
            return keep.isEmpty() && drop.isEmpty() && !sort;
        }

        boolean counts(String name) {
            boolean kept = keep.isEmpty() || keep.stream().anyMatch(pattern -> pattern.matches(name));
            return kept && drop.stream().noneMatch(pattern -> pattern.matches(name));
        }
    }
}
