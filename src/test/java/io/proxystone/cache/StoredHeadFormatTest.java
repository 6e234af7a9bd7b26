package io.proxystone.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.proxystone.cache.Freshness.Source;
import io.proxystone.cache.Freshness.StaleUse;
import io.proxystone.cache.store.Samples;
import io.proxystone.http.FieldName;
import io.proxystone.http.Fields;
import io.proxystone.http.HttpVersion;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoredHeadFormatTest {
    private static final StoredHead HEAD = Samples.head(
                    42, Samples.language("en"), Samples.received(1_700_000_000_000L))
            .complete(12_345, Samples.TRAILERS);

    private static StoredHead again(StoredHead head) throws DamagedEntryException {
        return StoredHeadFormat.decode(StoredHeadFormat.encode(head));
    }

    private static void assertDamaged(byte[] octets) {
        assertThatExceptionOfType(DamagedEntryException.class).isThrownBy(() -> StoredHeadFormat.decode(octets));
    }

    @Test
    void headComesBackAsItWas() throws DamagedEntryException {
        Samples.assertSame(again(HEAD), HEAD);
    }

    @Test
    void headWithNothingInItComesBackAsItWas() throws DamagedEntryException {
        StoredHead bare = new StoredHead(
                0,
                HttpVersion.HTTP_1_0,
                200,
                "",
                Fields.EMPTY,
                Fields.EMPTY,
                -1,
                Selection.ALL,
                new Freshness(0, 0, 0, Source.NONE, 0, 0, StaleUse.ALLOWED),
                "",
                Set.of());
        Samples.assertSame(again(bare), bare);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 63, 64, -64, -65, Integer.MAX_VALUE, Long.MAX_VALUE, Long.MIN_VALUE})
    void numbersOfAnySizeComeBack(long number) throws DamagedEntryException {
        Freshness freshness =
                new Freshness(number, number, number, Source.RULE, number, number, StaleUse.FORBIDDEN_ALSO_FRESH);
        StoredHead head = Samples.head(number, Selection.ALL, freshness);
        Samples.assertSame(again(head), head);
    }

    @ParameterizedTest
    @EnumSource
    void everySourceComesBack(Source source) throws DamagedEntryException {
        StoredHead head = HEAD.with(new Freshness(1, 2, 3, source, 4, 5, StaleUse.ALLOWED));
        assertThat(again(head).freshness().source()).isEqualTo(source);
    }

    @Test
    void knownFieldsAreFoundAgain() throws DamagedEntryException {
        StoredHead again = again(HEAD);
        assertThat(again.entityTag()).isEqualTo("\"v1\"");
        assertThat(again.fields().name(1)).isEqualTo("eTAG");
        assertThat(again.fields().first(FieldName.CONTENT_TYPE)).isEqualTo("text/html; charset=utf-8");
        assertThat(again.fields().all("link")).containsExactly("</a>; rel=preload", "</b>; rel=preload");
    }

    @Test
    void absentAndEmptySelectorsStayDifferent() throws DamagedEntryException {
        Fields request = Fields.builder().add("Accept-Language", "en").build();
        assertThat(again(HEAD).selection().matches(request)).isTrue();
        StoredHead empty = Samples.head(1, Samples.language(""), Samples.received(1));
        assertThat(again(empty).selection()).isEqualTo(empty.selection());
    }

    @Test
    void everyFlippedBitIsDamage() {
        byte[] octets = StoredHeadFormat.encode(HEAD);
        for (int bit = 0; bit < octets.length * 8; bit++) {
            byte[] flipped = octets.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertDamaged(flipped);
        }
    }

    @Test
    void everyTruncationIsDamage() {
        byte[] octets = StoredHeadFormat.encode(HEAD);
        for (int length = 0; length < octets.length; length++) {
            assertDamaged(Arrays.copyOf(octets, length));
            assertDamaged(sealed(Arrays.copyOf(octets, length)));
        }
    }

    @Test
    void whatFollowsTheHeadIsDamage() {
        byte[] octets = StoredHeadFormat.encode(HEAD);
        assertDamaged(sealed(Arrays.copyOf(octets, octets.length + 1)));
    }

    /** Whatever somebody with a valid checksum writes, it is a head or damage. */
    @Test
    void hostileOctetsAreAHeadOrDamage() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] octets = StoredHeadFormat.encode(HEAD);
        for (int round = 0; round < 50_000; round++) {
            byte[] hostile = octets.clone();
            for (int i = 1 + random.nextInt(4); i > 0; i--) {
                hostile[5 + random.nextInt(octets.length - 5)] = (byte) random.nextInt();
            }
            try {
                StoredHead head = StoredHeadFormat.decode(sealed(hostile));
                assertThat(head.fields().toString()).doesNotContain("\r", "\0");
            } catch (DamagedEntryException expected) {
                // Damage it is.
            } catch (RuntimeException | Error e) {
                throw new AssertionError("Seed " + seed + ", round " + round, e);
            }
        }
    }

    /** The octets with the checksum they should have. */
    private static byte[] sealed(byte[] octets) {
        if (octets.length >= 5) {
            CRC32C checksum = new CRC32C();
            checksum.update(octets, 0, 1);
            checksum.update(octets, 5, octets.length - 5);
            ByteBuffer.wrap(octets).putInt(1, (int) checksum.getValue());
        }
        return octets;
    }
}
