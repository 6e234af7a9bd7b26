package io.proxystone.cache;

import io.proxystone.cache.CacheRule.Authorization;
import io.proxystone.cache.CacheRule.Directives;
import io.proxystone.cache.CacheRule.SetCookie;
import io.proxystone.http.CacheControl;
import io.proxystone.http.Fields;
import io.proxystone.http.HttpDate;
import io.proxystone.http.HttpVersion;
import io.proxystone.http.ResponseHead;
import io.proxystone.http.StatusCode;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Requests and responses as rows of tables write them: field lines with {@code &} between them, and <code>{-10}</code> for the
 * date ten seconds before {@link #T}.
 */
final class Given {
    /** When responses come unless a test says otherwise: Mon, 01 Jan 2024 00:00:00 GMT, in milliseconds since 1970. */
    static final long T = 1_704_067_200_000L;

    static final CacheKey KEY = new CacheKey("http://a.example/");

    private static final Pattern DATE = Pattern.compile("\\{([+-]?\\d+)}");

    private Given() {}

    static String date(long seconds) {
        return HttpDate.format(Instant.ofEpochMilli(T + seconds * 1000));
    }

    static String text(String withDates) {
        return DATE.matcher(withDates).replaceAll(match -> date(Long.parseLong(match.group(1))));
    }

    static Fields fields(String lines) {
        Fields.Builder fields = Fields.builder();
        for (String line : text(lines).split(" & ")) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                fields.add(
                        line.substring(0, colon).strip(),
                        line.substring(colon + 1).strip());
            }
        }
        return fields.build();
    }

    /** The lines of fields, as a row writes them. */
    static String lines(Fields fields) {
        StringBuilder lines = new StringBuilder();
        for (int line = 0; line < fields.size(); line++) {
            lines.append(line == 0 ? "" : " & ")
                    .append(fields.name(line))
                    .append(": ")
                    .append(fields.value(line));
        }
        return lines.toString();
    }

    static CacheRequest get(String lines) {
        return request("GET", lines, CacheRule.DEFAULT);
    }

    static CacheRequest request(String method, String lines, CacheRule rule) {
        Fields fields = fields(lines);
        return new CacheRequest(method, KEY, fields, CacheRequest.controlOf(fields), rule);
    }

    /** A rule named r, such as {@code ttl=60 set-cookie=never}; durations in seconds. */
    static CacheRule rule(String settings) {
        Map<String, String> set = new HashMap<>();
        for (String setting : settings.strip().split("\\s+")) {
            int equals = setting.indexOf('=');
            set.put(
                    equals < 0 ? setting : setting.substring(0, equals),
                    equals < 0 ? "" : setting.substring(equals + 1));
        }
        String methods = set.get("body-methods");
        return new CacheRule(
                "r",
                set.containsKey("status")
                        ? new CacheMatch(
                                null,
                                null,
                                null,
                                null,
                                List.of(new io.proxystone.cache.Pattern(set.getOrDefault("status", ""))),
                                null)
                        : null,
                set.containsKey("bypass"),
                seconds(set.get("ttl")),
                seconds(set.get("min-ttl")),
                seconds(set.get("max-ttl")),
                seconds(set.get("heuristic-limit")),
                seconds(set.get("stale-while-revalidate")),
                seconds(set.get("stale-if-error")),
                seconds(set.get("stale-if-unreachable")),
                set.containsKey("ignore-cache-control") ? Directives.IGNORE : null,
                set.containsKey("ignore-client-cache-control") ? Directives.IGNORE : null,
                set.containsKey("surrogate-control"),
                set.containsKey("set-cookie")
                        ? SetCookie.valueOf(set.getOrDefault("set-cookie", "").toUpperCase(Locale.ROOT))
                        : null,
                set.containsKey("share-authorized") ? Authorization.SHARE : null,
                methods == null ? null : Set.of(methods),
                null,
                set.containsKey("tag") ? List.of(set.getOrDefault("tag", "")) : null);
    }

    private static @Nullable Duration seconds(@Nullable String number) {
        return number == null ? null : Duration.ofSeconds(Long.parseLong(number));
    }

    static Response response(String lines) {
        return new Response(200, fields(lines), CacheRule.DEFAULT, T, T, 10);
    }

    /** Stored responses with {@code //} between them, each received a second after the one before; the last one at T. */
    static List<StoredResponse> stored(String responses) {
        String[] each = responses.split(" // ");
        return IntStream.range(0, each.length)
                .mapToObj(i -> response(each[i])
                        .receivedAt(T - (each.length - 1 - i) * 1000L)
                        .stored(i + 1, get("")))
                .toList();
    }

    /** A response that came to a cache. */
    record Response(int status, Fields fields, CacheRule rule, long requested, long received, long size) {
        Response status(int other) {
            return new Response(other, fields, rule, requested, received, size);
        }

        Response under(CacheRule other) {
            return new Response(status, fields, other, requested, received, size);
        }

        Response receivedAt(long millis) {
            return new Response(status, fields, rule, millis, millis, size);
        }

        Response requestedAt(long millis) {
            return new Response(status, fields, rule, millis, received, size);
        }

        Response octets(long other) {
            return new Response(status, fields, rule, requested, received, other);
        }

        ResponseHead head() {
            return new ResponseHead(HttpVersion.HTTP_1_1, status, StatusCode.reason(status), fields);
        }

        Freshness freshness() {
            return StorageRules.freshness(fields, status, rule, requested, received);
        }

        StorageDecision decisionFor(CacheRequest request) {
            return StorageRules.decide(request, head(), rule, 1, requested, received);
        }

        /** What is stored of it, even if the rules would not store it because it is of no use. */
        StoredHead storedHead(long id, CacheRequest request) {
            CacheControl control = ResponseControl.of(fields, rule).directives();
            List<String> vary = VaryNames.of(fields);
            return new StoredHead(
                    id,
                    HttpVersion.HTTP_1_1,
                    status,
                    StatusCode.reason(status),
                    StoredFields.of(fields, control, received),
                    Fields.EMPTY,
                    size,
                    Selection.of(vary == null ? List.of() : vary, request.fields()),
                    freshness(),
                    rule.name(),
                    Set.of());
        }

        StoredResponse stored(long id, CacheRequest request) {
            return new StoredResponse(storedHead(id, request), new NoContent());
        }
    }

    /** Content nobody reads. */
    record NoContent() implements StoredContent {
        @Override
        public long size() {
            return 0;
        }

        @Override
        public Reading read(long from) {
            return new Reading() {
                @Override
                public CompletionStage<Integer> read(ByteBuffer into) {
                    return CompletableFuture.completedFuture(-1);
                }

                @Override
                public void close() {}
            };
        }
    }

    /** A list that a row writes with spaces between its elements. */
    static List<String> words(String text) {
        return text.isBlank() ? List.of() : Arrays.asList(text.strip().split("\\s+"));
    }
}
