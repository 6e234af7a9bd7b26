package io.proxystone.cache.store.file;

import static io.proxystone.cache.store.Samples.content;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.proxystone.cache.DamagedEntryException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlocksTest {
    private static final int FRAMED = Blocks.SIZE + 4;
    private static final int SIZE = 3 * Blocks.SIZE + 100;
    private static final byte[] CONTENT = content(SIZE, 1);

    private static byte[] file(long seed, byte[] content) {
        ByteBuffer file = ByteBuffer.allocate((int) Blocks.framed(content.length));
        for (int from = 0, number = 0; from < content.length; from += Blocks.SIZE, number++) {
            ByteBuffer block = ByteBuffer.wrap(content, from, Math.min(Blocks.SIZE, content.length - from))
                    .slice();
            file.put(block.duplicate()).put(Blocks.checksum(seed, number, block));
        }
        assertThat(file.hasRemaining()).isFalse();
        return file.array();
    }

    private static byte[] read(byte[] file, long seed, long offset) throws IOException {
        ByteBuffer block = Blocks.buffer();
        Blocks.read(new StoredFile(file), seed, SIZE, offset, block);
        byte[] read = new byte[block.remaining()];
        block.get(read);
        return read;
    }

    private static void assertDamaged(byte[] file, long offset) {
        assertThatExceptionOfType(DamagedEntryException.class).isThrownBy(() -> read(file, 5, offset));
    }

    @ParameterizedTest
    @CsvSource({"0,0", "1,5", "65535,65539", "65536,65540", "65537,65545", "4294967296,4295229440"})
    void everyBlockTakesFourOctetsMore(long size, long framed) {
        assertThat(Blocks.framed(size)).isEqualTo(framed);
    }

    @ParameterizedTest
    @CsvSource({"0,65536", "1,65536", "65535,65536", "65536,131072", "100000,131072", "196608,196708", "196707,196708"})
    void blockIsReadFromTheOffsetToItsEnd(int offset, int end) throws IOException {
        assertThat(read(file(5, CONTENT), 5, offset)).isEqualTo(Arrays.copyOfRange(CONTENT, offset, end));
    }

    @Test
    void flippedBitInABlockOrItsChecksumIsDamage() {
        for (int octet : new int[] {0, 1, 32_768, Blocks.SIZE - 1, Blocks.SIZE, Blocks.SIZE + 3}) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] file = file(5, CONTENT);
                file[FRAMED + octet] ^= (byte) (1 << bit);
                assertDamaged(file, Blocks.SIZE);
            }
        }
    }

    @Test
    void blockOfAnotherPlaceIsDamage() {
        byte[] file = file(5, CONTENT);
        System.arraycopy(file, 0, file, FRAMED, FRAMED);
        assertDamaged(file, Blocks.SIZE);
    }

    @Test
    void blockOfAnotherResponseIsDamage() {
        assertDamaged(file(6, CONTENT), 0);
    }

    @Test
    void blockOfZerosIsDamage() {
        assertDamaged(new byte[(int) Blocks.framed(SIZE)], 0);
    }

    @Test
    void blockThatIsCutShortIsDamage() {
        byte[] file = file(5, CONTENT);
        assertDamaged(Arrays.copyOf(file, file.length - 1), 3L * Blocks.SIZE);
        assertDamaged(Arrays.copyOf(file, FRAMED), Blocks.SIZE);
    }
}
