package io.proxystone.cache.store.file;

import static io.proxystone.cache.store.Samples.KEY;
import static io.proxystone.cache.store.Samples.content;
import static io.proxystone.cache.store.Samples.head;
import static io.proxystone.cache.store.Samples.language;
import static io.proxystone.cache.store.Samples.received;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

import io.proxystone.cache.StoredContent.Reading;
import io.proxystone.cache.StoredResponse;
import io.proxystone.http.Fields;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are not any more what was written: no octet of them that is wrong is served, and they go. */
class DamageTest {
    private static final int FRAMED = Blocks.SIZE + 4;
    private static final int SIZE = 2 * Blocks.SIZE + 1000;
    private static final byte[] CONTENT = content(SIZE, 1);

    @TempDir
    Path directory;

    private FileResponseStore store;
    private Path file;

    @BeforeEach
    void storeOne() throws Exception {
        store = new FileResponseStore(PatientSettings.of(directory));
        var writing = store.write(KEY, head(1));
        writing.append(ByteBuffer.wrap(CONTENT));
        writing.commit(Fields.EMPTY);
        await().until(() -> find().size() == 1);
        file = files().get(0);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private List<StoredResponse> find() throws Exception {
        return store.find(KEY).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(each -> each.toString().contains(KEY.digest())).toList();
        }
    }

    private static void flip(Path file, long octet) throws IOException {
        byte[] octets = Files.readAllBytes(file);
        octets[(int) octet] ^= 0x10;
        Files.write(file, octets, StandardOpenOption.WRITE);
    }

    /** Reads until there is no more, and returns what came before the failure that there must be. */
    private static byte[] readUntilItFails(StoredResponse response) throws Exception {
        ByteBuffer all = ByteBuffer.allocate(SIZE + FRAMED);
        try (Reading reading = response.content().read(0)) {
            int count = 0;
            while (count >= 0) {
                count = reading.read(all.limit(Math.min(all.capacity(), all.position() + Blocks.SIZE)))
                        .toCompletableFuture()
                        .get(20, TimeUnit.SECONDS);
            }
            fail("All of the content was read");
        } catch (ExecutionException e) {
            assertThat(e).hasCauseInstanceOf(IOException.class);
        }
        byte[] rest = Arrays.copyOfRange(all.array(), all.position(), all.capacity());
        assertThat(rest).containsOnly(0);
        return Arrays.copyOf(all.array(), all.position());
    }

    private void assertGone() throws Exception {
        assertThat(find()).isEmpty();
        await().until(() -> files().isEmpty());
        assertThat(store.statistics().responses()).isZero();
        assertThat(store.statistics().octets()).isZero();
        assertThat(store.statistics().failures()).isEqualTo(1);
    }

    /** In the octets of a block, in its checksum, at the start, in the middle and at the end. */
    @ParameterizedTest
    @ValueSource(ints = {0, 40_000, 65_535, 65_536, 65_539, FRAMED, FRAMED + 65_539, 2 * FRAMED, 2 * FRAMED + 1003})
    void contentIsServedUpToTheDamagedBlock(int octet) throws Exception {
        flip(file, octet);
        byte[] served = readUntilItFails(find().get(0));
        assertThat(served).isEqualTo(Arrays.copyOf(CONTENT, octet / FRAMED * Blocks.SIZE));
        assertGone();
    }

    /** In the key, the head, and the lengths and the checksum behind them. */
    @ParameterizedTest
    @ValueSource(ints = {2 * FRAMED + 1004, 2 * FRAMED + 1050, -100, -24, -16, -12, -8, -4, -1})
    void responseWithADamagedFooterIsNotFound(int octet) throws Exception {
        flip(file, octet < 0 ? Files.size(file) + octet : octet);
        assertGone();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1000, FRAMED, 2 * FRAMED + 1004, -1})
    void truncatedFileIsNotFound(int length) throws Exception {
        byte[] octets = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(octets, length < 0 ? octets.length + length : length));
        assertGone();
    }

    @Test
    void truncatedFileIsNotFoundAfterAReopening() throws Exception {
        store.close();
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 100_000));
        store = new FileResponseStore(PatientSettings.of(directory));
        assertGone();
    }

    @Test
    void fileThatHasGrownIsNotFound() throws Exception {
        Files.write(file, new byte[] {0}, StandardOpenOption.APPEND);
        assertGone();
    }

    @Test
    void fileThatIsTruncatedWhileItIsReadFails() throws Exception {
        StoredResponse found = find().get(0);
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 2 * FRAMED - 1));
        assertThat(readUntilItFails(found)).isEqualTo(Arrays.copyOf(CONTENT, Blocks.SIZE));
        assertGone();
    }

    @Test
    void fileOfAnotherResponseIsNotFound() throws Exception {
        var writing = store.write(KEY, head(2, language("de"), received(2)));
        writing.append(ByteBuffer.wrap(content(SIZE, 2)));
        writing.commit(Fields.EMPTY);
        await().until(() -> files().size() == 2);
        Path other =
                files().stream().filter(each -> !each.equals(file)).findFirst().orElseThrow();
        Files.write(file, Files.readAllBytes(other));
        assertThat(find()).extracting(each -> each.head().id()).containsExactly(2L);
    }

    @Test
    void fileThatHasGoneIsAMiss() throws Exception {
        Files.delete(file);
        assertGone();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100, -24, -1})
    void responseWithADamagedNewerHeadIsNotFound(int octet) throws Exception {
        Path newer = freshen();
        flip(newer, octet < 0 ? Files.size(newer) + octet : octet);
        assertGone();
    }

    @Test
    void newerHeadOfAnotherFileDoesNotPass() throws Exception {
        byte[] newer = Files.readAllBytes(freshen());
        store.remove(KEY);
        await().until(() -> files().isEmpty());
        storeOne();
        store.close();
        Files.write(Path.of(file + ".head"), newer);
        store = new FileResponseStore(PatientSettings.of(directory));
        assertThat(readUntilItFails(find().get(0))).isEmpty();
        assertGone();
    }

    /** Gives the response a newer head and returns its file. */
    private Path freshen() {
        store.freshen(KEY, head(1).with(received(5)));
        Path newer = Path.of(file + ".head");
        await().until(() -> find().get(0).head().freshness().received() == 5);
        return newer;
    }
}
