package io.proxystone.cache.store.file;

import static io.proxystone.cache.store.Samples.KEY;
import static io.proxystone.cache.store.Samples.TRAILERS;
import static io.proxystone.cache.store.Samples.assertSame;
import static io.proxystone.cache.store.Samples.content;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.proxystone.cache.CacheKey;
import io.proxystone.cache.DamagedEntryException;
import io.proxystone.cache.StoredHead;
import io.proxystone.cache.store.Samples;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FooterTest {
    private static final long SEED = 0x0123_4567_89ab_cdefL;
    private static final StoredHead HEAD = Samples.head(1).complete(1000, TRAILERS);

    /** A file with some octets of content and a checksum before the footer of a key. */
    private static byte[] file(int content, CacheKey key) {
        byte[] footer = Footer.encode(SEED, key, HEAD);
        return ByteBuffer.allocate(content + footer.length)
                .put(content(content, 1))
                .put(footer)
                .array();
    }

    private static Footer read(byte[] file) throws IOException {
        return Footer.read(new StoredFile(file), false);
    }

    private static void assertDamaged(byte[] file, boolean alone) {
        assertThatExceptionOfType(DamagedEntryException.class)
                .isThrownBy(() -> Footer.read(new StoredFile(file), alone));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3000, 10_000, 900_000})
    void footerIsReadFromTheEndOfTheFile(int keyLength) throws IOException {
        CacheKey key = new CacheKey("k".repeat(keyLength - 1) + "\u00e9");
        Footer footer = read(file(1004, key));
        assertThat(footer.key()).isEqualTo(key);
        assertThat(footer.seed()).isEqualTo(SEED);
        assertThat(footer.length()).isEqualTo(Footer.encode(SEED, key, HEAD).length);
        assertSame(footer.head(), HEAD);
    }

    @Test
    void footerOfANewerHeadIsTheWholeFile() throws IOException {
        assertSame(Footer.read(new StoredFile(file(0, KEY)), true).head(), HEAD);
        assertDamaged(file(1004, KEY), true);
    }

    @Test
    void lengthOfTheFileMustFitTheContent() {
        assertDamaged(file(1003, KEY), false);
        assertDamaged(file(1005, KEY), false);
        assertDamaged(file(0, KEY), false);
    }

    @Test
    void everyFlippedBitOfAFooterIsDamage() {
        byte[] file = file(1004, KEY);
        for (int bit = 1004 * 8; bit < file.length * 8; bit++) {
            byte[] flipped = file.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertDamaged(flipped, false);
        }
    }

    @Test
    void everyTruncationIsDamage() {
        byte[] file = file(1004, KEY);
        for (int length = 0; length < file.length; length++) {
            assertDamaged(Arrays.copyOf(file, length), false);
        }
    }

    @Test
    void impossibleLengthsAreDamage() {
        byte[] file = file(1004, KEY);
        for (int length : new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE - 100, 1 << 20}) {
            for (int field : new int[] {16, 12}) {
                byte[] hostile = file.clone();
                ByteBuffer.wrap(hostile).putInt(hostile.length - field, length);
                assertDamaged(hostile, false);
            }
        }
    }
}
