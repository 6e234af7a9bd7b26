package io.proxystone.cache.store;

import static io.proxystone.cache.store.Samples.KEY;
import static io.proxystone.cache.store.Samples.TRAILERS;
import static io.proxystone.cache.store.Samples.assertSame;
import static io.proxystone.cache.store.Samples.content;
import static io.proxystone.cache.store.Samples.head;
import static io.proxystone.cache.store.Samples.language;
import static io.proxystone.cache.store.Samples.received;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.proxystone.cache.CacheKey;
import io.proxystone.cache.ResponseStore;
import io.proxystone.cache.StoreStatistics;
import io.proxystone.cache.StoredContent.Reading;
import io.proxystone.cache.StoredHead;
import io.proxystone.cache.StoredResponse;
import io.proxystone.http.Fields;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link ResponseStore} does. A test of a store extends it and says how one is opened. What a store does may show
 * a little later, so that what is there is awaited; what must never be there is looked for at once.
 */
public abstract class ResponseStoreContract {
    /** Enough for everything that a test without a bound stores. */
    protected static final long ROOMY = 64 << 20;

    private static final CacheKey OTHER_KEY = new CacheKey("http://example.org/other");

    protected ResponseStore store;

    /** Opens an empty store that may take some octets. */
    protected abstract ResponseStore open(long capacity) throws Exception;

    @BeforeEach
    protected void openRoomy() throws Exception {
        store = open(ROOMY);
    }

    @AfterEach
    protected void close() {
        store.close();
    }

    /** What a store does a little later is looked for often. */
    protected static ConditionFactory eventually() {
        return await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5));
    }

    /** Writes a response in pieces of uneven sizes and commits it. */
    protected static void write(ResponseStore store, CacheKey key, StoredHead head, byte[] content, Fields trailers) {
        ResponseStore.Writing writing = store.write(key, head);
        append(writing, content);
        writing.commit(trailers);
    }

    private static void append(ResponseStore.Writing writing, byte[] content) {
        int from = 0;
        for (int length = 1; from < content.length; length = length * 3 + 1) {
            int end = Math.min(content.length, from + length);
            byte[] piece = Arrays.copyOfRange(content, from, end);
            assertThat(writing.append(ByteBuffer.wrap(piece))).isTrue();
            from = end;
        }
    }

    protected void write(StoredHead head, byte[] content) {
        write(store, KEY, head, content, Fields.EMPTY);
    }

    protected static List<StoredResponse> find(ResponseStore store, CacheKey key) {
        return store.find(key)
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    private List<StoredResponse> find() {
        return find(store, KEY);
    }

    /** Waits until the responses with some ids, and no others, are found under a key. */
    protected static List<StoredResponse> awaitIds(ResponseStore store, CacheKey key, Long... ids) {
        return eventually()
                .until(
                        () -> find(store, key),
                        found -> found.size() == ids.length
                                && found.stream()
                                        .map(each -> each.head().id())
                                        .toList()
                                        .containsAll(List.of(ids)));
    }

    private StoredResponse awaitOnly(long id) {
        return awaitIds(store, KEY, id).get(0);
    }

    /** The content from an offset on, read into buffers of a size. */
    protected static byte[] read(StoredResponse response, long from, int bufferSize) {
        ByteBuffer all =
                ByteBuffer.allocate((int) Math.max(0, response.content().size() - from));
        try (Reading reading = response.content().read(from)) {
            ByteBuffer buffer = ByteBuffer.allocate(bufferSize);
            while (readSome(reading, buffer)) {
                all.put(buffer.flip());
                buffer.clear();
            }
        }
        assertThat(all.hasRemaining()).isFalse();
        return all.array();
    }

    private static boolean readSome(Reading reading, ByteBuffer buffer) {
        int count = reading.read(buffer)
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
        assertThat(count).isEqualTo(buffer.position() == 0 ? -1 : buffer.position());
        return count > 0;
    }

    protected static byte[] read(StoredResponse response) {
        return read(response, 0, 64 * 1024);
    }

    @Test
    void nothingIsFoundInAnEmptyStore() {
        assertThat(find()).isEmpty();
    }

    @Test
    void nothingIsSeenBeforeCommit() {
        ResponseStore.Writing writing = store.write(KEY, head(1));
        append(writing, content(200_000, 1));
        assertThat(find()).isEmpty();
        assertThat(store.statistics().responses()).isZero();
        writing.commit(Fields.EMPTY);
        awaitOnly(1);
    }

    @Test
    void abortLeavesNothing() {
        ResponseStore.Writing writing = store.write(KEY, head(1));
        append(writing, content(200_000, 1));
        writing.abort();
        write(store, OTHER_KEY, head(2), content(10, 2), Fields.EMPTY);
        awaitIds(store, OTHER_KEY, 2L);
        assertThat(find()).isEmpty();
        eventually().until(() -> store.statistics().responses() == 1);
    }

    @Test
    void abortLeavesTheResponseThatWasToBeReplaced() {
        write(head(1), content(10, 1));
        awaitOnly(1);
        ResponseStore.Writing writing = store.write(KEY, head(2));
        append(writing, content(10, 2));
        writing.abort();
        assertThat(read(awaitOnly(1))).isEqualTo(content(10, 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 131_072, 3 << 20})
    void whatIsFoundIsWhatWasWritten(int size) {
        StoredHead head = head(7, language("de"), received(1_700_000_000_000L));
        write(store, KEY, head, content(size, 7), TRAILERS);
        StoredResponse found = awaitOnly(7);
        assertSame(found.head(), head.complete(size, TRAILERS));
        assertThat(found.content().size()).isEqualTo(size);
        assertThat(read(found)).isEqualTo(content(size, 7));
    }

    @Test
    void contentIsReadFromAnyOffset() {
        byte[] content = content(200_000, 1);
        write(head(1), content);
        StoredResponse found = awaitOnly(1);
        for (int from : new int[] {1, 65_535, 65_536, 100_000, 199_999, 200_000, 300_000}) {
            byte[] rest = from > content.length ? new byte[0] : Arrays.copyOfRange(content, from, content.length);
            assertThat(read(found, from, 64 * 1024)).as("From %d", from).isEqualTo(rest);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 65_535, 65_537, 1 << 20})
    void contentIsReadIntoBuffersOfAnySize(int bufferSize) {
        write(head(1), content(200_000, 1));
        assertThat(read(awaitOnly(1), 0, bufferSize)).isEqualTo(content(200_000, 1));
    }

    @Test
    void readFillsItsBufferAndLeavesWhatIsBeforeAndBehind() {
        write(head(1), content(200_000, 1));
        ByteBuffer buffer = ByteBuffer.allocate(150_000).position(1000).limit(140_000);
        try (Reading reading = awaitOnly(1).content().read(50_000)) {
            assertThat(reading.read(buffer).toCompletableFuture().join()).isEqualTo(139_000);
        }
        assertThat(buffer.position()).isEqualTo(140_000);
        byte[] array = buffer.array();
        assertThat(Arrays.copyOfRange(array, 0, 1000)).containsOnly(0);
        assertThat(Arrays.copyOfRange(array, 1000, 140_000))
                .isEqualTo(Arrays.copyOfRange(content(200_000, 1), 50_000, 189_000));
        assertThat(Arrays.copyOfRange(array, 140_000, 150_000)).containsOnly(0);
    }

    @Test
    void twoReadingsAtATimeDoNotDisturbEachOther() {
        write(head(1), content(300_000, 1));
        StoredResponse found = awaitOnly(1);
        ByteBuffer first = ByteBuffer.allocate(400_000);
        ByteBuffer second = ByteBuffer.allocate(400_000);
        try (Reading one = found.content().read(0);
                Reading other = found.content().read(100_000)) {
            boolean more = true;
            while (more) {
                boolean firstMore = readPiece(one, first, 10_000);
                more = readPiece(other, second, 30_000) || firstMore;
            }
        }
        assertThat(Arrays.copyOf(first.array(), first.position())).isEqualTo(content(300_000, 1));
        assertThat(Arrays.copyOf(second.array(), second.position()))
                .isEqualTo(Arrays.copyOfRange(content(300_000, 1), 100_000, 300_000));
    }

    private static boolean readPiece(Reading reading, ByteBuffer all, int size) {
        ByteBuffer piece = ByteBuffer.allocate(size);
        boolean more = readSome(reading, piece);
        all.put(piece.flip());
        return more;
    }

    @Test
    void responsesForDifferentRequestsStandUnderOneKey() {
        write(head(1, language("de"), received(1)), content(10, 1));
        write(head(2, language("en"), received(1)), content(20, 2));
        write(head(3, language("fr"), received(1)), content(30, 3));
        for (StoredResponse each : awaitIds(store, KEY, 1L, 2L, 3L)) {
            int id = (int) each.head().id();
            assertThat(read(each)).isEqualTo(content(10 * id, id));
        }
    }

    @Test
    void responseReplacesTheOneForTheSameRequests() {
        write(head(1, language("de"), received(1)), content(10, 1));
        write(head(2, language("en"), received(1)), content(10, 2));
        write(head(3, language("de"), received(1)), content(10, 3));
        awaitIds(store, KEY, 2L, 3L);
        eventually().until(() -> store.statistics().responses() == 2);
    }

    @Test
    void responseWithTheSameIdReplacesTheOther() {
        write(head(1, language("de"), received(1)), content(10, 1));
        awaitOnly(1);
        store.freshen(KEY, head(1, language("de"), received(2)).complete(10, TRAILERS));
        write(head(1, language("de"), received(3)), content(10, 3));
        eventually().untilAsserted(() -> {
            StoredResponse found = awaitOnly(1);
            assertThat(found.head().freshness().received()).isEqualTo(3);
            assertThat(read(found)).isEqualTo(content(10, 3));
        });
        eventually().until(() -> store.statistics().responses() == 1);
    }

    @Test
    void keysAreKeptApart() {
        write(store, KEY, head(1), content(10, 1), Fields.EMPTY);
        write(store, OTHER_KEY, head(1), content(20, 2), Fields.EMPTY);
        assertThat(read(awaitIds(store, KEY, 1L).get(0))).isEqualTo(content(10, 1));
        assertThat(read(awaitIds(store, OTHER_KEY, 1L).get(0))).isEqualTo(content(20, 2));
    }

    @Test
    void freshenReplacesTheHeadAndKeepsTheContent() {
        write(store, KEY, head(1, language("de"), received(1)), content(100_000, 1), TRAILERS);
        awaitOnly(1);
        StoredHead fresh = head(1, language("de"), received(1_800_000_000_000L)).complete(100_000, TRAILERS);
        for (int round = 0; round < 2; round++) {
            store.freshen(KEY, fresh);
            eventually().untilAsserted(() -> assertThat(
                            awaitOnly(1).head().freshness().received())
                    .isEqualTo(1_800_000_000_000L));
            assertSame(awaitOnly(1).head(), fresh);
            assertThat(read(awaitOnly(1))).isEqualTo(content(100_000, 1));
        }
    }

    @Test
    void freshenDoesNothingForAResponseThatIsNotThere() {
        write(head(1), content(10, 1));
        awaitOnly(1);
        store.freshen(KEY, head(2, language("de"), received(2)).complete(10, TRAILERS));
        store.freshen(OTHER_KEY, head(1, language("de"), received(2)).complete(10, TRAILERS));
        // What is done after it shows that it was done.
        write(head(3, language("en"), received(3)), content(10, 3));
        awaitIds(store, KEY, 1L, 3L);
        assertThat(find(store, OTHER_KEY)).isEmpty();
        assertThat(store.statistics().failures()).isZero();
    }

    @Test
    void removeByIdLeavesTheOthersUnderTheKey() {
        write(head(1, language("de"), received(1)), content(10, 1));
        write(head(2, language("en"), received(1)), content(10, 2));
        awaitIds(store, KEY, 1L, 2L);
        store.remove(KEY, 1);
        store.remove(KEY, 3);
        assertThat(read(awaitOnly(2))).isEqualTo(content(10, 2));
    }

    @Test
    void removeByKeyLeavesOtherKeys() {
        write(head(1, language("de"), received(1)), content(10, 1));
        write(head(2, language("en"), received(1)), content(10, 2));
        write(store, OTHER_KEY, head(3), content(10, 3), Fields.EMPTY);
        awaitIds(store, KEY, 1L, 2L);
        store.remove(KEY);
        awaitIds(store, KEY);
        awaitIds(store, OTHER_KEY, 3L);
    }

    @Test
    void whatIsCommittedBeforeARemovalIsRemoved() {
        for (int id = 1; id <= 20; id++) {
            write(head(id), content(100_000, id));
            store.remove(KEY);
        }
        write(store, OTHER_KEY, head(1), content(10, 1), Fields.EMPTY);
        awaitIds(store, OTHER_KEY, 1L);
        awaitIds(store, KEY);
        eventually().until(() -> store.statistics().responses() == 1);
    }

    @Test
    void whatIsCommittedAfterARemovalStays() {
        write(head(1), content(10, 1));
        store.remove(KEY);
        write(head(2), content(10, 2));
        assertThat(read(awaitOnly(2))).isEqualTo(content(10, 2));
    }

    @Test
    void clearRemovesEverything() {
        for (int i = 0; i < 50; i++) {
            write(store, new CacheKey("http://example.org/" + i), head(i), content(1000, i), Fields.EMPTY);
        }
        eventually().until(() -> store.statistics().responses() == 50);
        store.clear();
        for (int i = 0; i < 50; i++) {
            awaitIds(store, new CacheKey("http://example.org/" + i));
        }
        eventually().untilAsserted(() -> {
            assertThat(store.statistics().responses()).isZero();
            assertThat(store.statistics().octets()).isZero();
        });
        write(head(1), content(10, 1));
        awaitOnly(1);
    }

    @Test
    protected void octetsStayWithinTheCapacity() throws Exception {
        long capacity = 1 << 20;
        try (ResponseStore small = open(capacity)) {
            for (int i = 0; i < 100; i++) {
                write(small, new CacheKey("http://example.org/" + i), head(i), content(50_000, i), Fields.EMPTY);
                long stored = i + 1L;
                eventually().until(() -> small.statistics().stored() == stored);
                eventually().until(() -> small.statistics().octets() <= capacity);
            }
            StoreStatistics statistics = small.statistics();
            assertThat(statistics.capacity()).isEqualTo(capacity);
            assertThat(statistics.evicted()).isPositive();
            assertThat(statistics.responses() + statistics.evicted()).isEqualTo(100);
            assertThat(statistics.octets()).isGreaterThan(capacity / 2);
            long found = IntStream.range(0, 100)
                    .filter(i -> !find(small, new CacheKey("http://example.org/" + i))
                            .isEmpty())
                    .count();
            assertThat(found).isEqualTo(statistics.responses());
        }
    }

    @Test
    void responseThatCannotFitIsRefused() throws Exception {
        try (ResponseStore small = open(1 << 20)) {
            ResponseStore.Writing writing = small.write(KEY, head(1));
            boolean taken = true;
            for (int i = 0; i < 64 && taken; i++) {
                taken = writing.append(ByteBuffer.wrap(content(64 * 1024, i)));
            }
            assertThat(taken).isFalse();
            writing.abort();
            assertThat(find(small, KEY)).isEmpty();
        }
    }

    @Test
    void statisticsAddUp() {
        find();
        write(head(1), content(1000, 1));
        awaitOnly(1);
        eventually().until(() -> store.statistics().stored() == 1);
        StoreStatistics before = store.statistics();
        for (int i = 0; i < 3; i++) {
            find();
            find(store, OTHER_KEY);
            find(store, OTHER_KEY);
        }
        StoreStatistics after = store.statistics();
        assertThat(after.hits() - before.hits()).isEqualTo(3);
        assertThat(after.misses() - before.misses()).isEqualTo(6);
        assertThat(after.stored()).isEqualTo(1);
        assertThat(after.responses()).isEqualTo(1);
        assertThat(after.octets()).isBetween(1000L, 5000L);
        assertThat(after.capacity()).isEqualTo(ROOMY);
        assertThat(after.evicted()).isZero();
        assertThat(after.failures()).isZero();
    }

    @Test
    void closedStoreFindsAndTakesNothing() {
        write(head(1), content(10, 1));
        awaitOnly(1);
        ResponseStore.Writing writing = store.write(KEY, head(2));
        store.close();
        assertThat(find()).isEmpty();
        assertThat(writing.append(ByteBuffer.wrap(content(10, 2)))).isFalse();
        writing.abort();
        store.freshen(KEY, head(1).complete(10, TRAILERS));
        store.remove(KEY);
        store.clear();
    }
}
