package io.proxystone.cache.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.proxystone.cache.CacheKey;
import io.proxystone.cache.Freshness;
import io.proxystone.cache.Selection;
import io.proxystone.cache.Selection.Selector;
import io.proxystone.cache.StoredHead;
import io.proxystone.http.Fields;
import io.proxystone.http.HttpVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Heads and contents to store. */
public final class Samples {
    public static final CacheKey KEY = new CacheKey("http://example.org/catalog?page=1");

    /** A Latin-1 value that is no valid UTF-8, another one that is, and a line whose name is spelled its own way. */
    public static final Fields FIELDS = Fields.builder()
            .add("Content-Type", "text/html; charset=utf-8")
            .add("eTAG", "\"v1\"")
            .add("X-Latin", "caf\u00e9 \u00ff")
            .add("X-Unicode", "\u4f60\u597d")
            .add("Link", "</a>; rel=preload")
            .add("x-empty", "")
            .add("Link", "</b>; rel=preload")
            .build();

    public static final Fields TRAILERS = Fields.builder()
            .add("Server-Timing", "total;dur=12")
            .add("x-CHECKSUM", "00\t11")
            .build();

    private Samples() {}

    /** A head for all requests. */
    public static StoredHead head(long id) {
        return head(id, Selection.ALL, received(id));
    }

    public static StoredHead head(long id, Selection selection, Freshness freshness) {
        return new StoredHead(
                id,
                HttpVersion.HTTP_1_1,
                203,
                "Non-Authoritative \u2603",
                FIELDS,
                Fields.EMPTY,
                -1,
                selection,
                freshness,
                "images",
                Set.of("product", "caf\u00e9"));
    }

    /** Freshness of a response received at a time. */
    public static Freshness received(long time) {
        return new Freshness(
                time, 1, 300_000, Freshness.Source.S_MAXAGE, 60_000, 86_400_000, Freshness.StaleUse.FORBIDDEN);
    }

    /** The requests with a language, and without a field that the response depends on, too. */
    public static Selection language(String language) {
        return new Selection(List.of(new Selector("accept-language", language), new Selector("x-absent", null)));
    }

    /** Octets without a pattern, the same for the same seed. */
    public static byte[] content(int size, long seed) {
        byte[] content = new byte[size];
        new Random(seed).nextBytes(content);
        return content;
    }

    /** Fails unless two heads say the same, octet by octet. */
    public static void assertSame(StoredHead actual, StoredHead expected) {
        assertThat(actual)
                .usingRecursiveComparison()
                .ignoringFields("fields", "trailers")
                .isEqualTo(expected);
        assertThat(lines(actual.fields())).isEqualTo(lines(expected.fields()));
        assertThat(lines(actual.trailers())).isEqualTo(lines(expected.trailers()));
    }

    private static List<List<Byte>> lines(Fields fields) {
        List<List<Byte>> lines = new ArrayList<>();
        for (int line = 0; line < fields.size(); line++) {
            lines.add(octets(fields.name(line)));
            lines.add(octets(fields.value(line)));
        }
        return lines;
    }

    private static List<Byte> octets(String characters) {
        List<Byte> octets = new ArrayList<>();
        for (byte octet : characters.getBytes(ISO_8859_1)) {
            octets.add(octet);
        }
        return octets;
    }
}
