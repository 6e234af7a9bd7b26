package io.proxystone.cache.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EntryIndexTest {
    private final EntryIndex index = new EntryIndex();

    private static Entry entry(long digest, long id, long size, long stored) {
        return new Entry(new Digest(digest << 56, digest), id, size, stored, false);
    }

    private Entry add(long digest, long id) {
        Entry entry = entry(digest, id, 10, id);
        index.add(entry);
        return entry;
    }

    private List<Long> ids(long digest) {
        return index.find(new Digest(digest << 56, digest)).stream()
                .map(Entry::id)
                .toList();
    }

    private List<Long> evictAll() {
        List<Long> ids = new ArrayList<>();
        for (Entry victim = index.evict(0); victim != null; victim = index.evict(0)) {
            ids.add(victim.id());
        }
        return ids;
    }

    @Test
    void entriesUnderADigestAreFoundTheNewestFirst() {
        add(1, 10);
        add(2, 20);
        add(1, 11);
        add(1, 12);
        assertThat(ids(1)).containsExactly(12L, 11L, 10L);
        assertThat(ids(2)).containsExactly(20L);
        assertThat(ids(3)).isEmpty();
    }

    @Test
    void entryWithTheSameIdReplacesTheOther() {
        Entry old = add(1, 10);
        add(1, 11);
        Entry current = add(1, 10);
        assertThat(ids(1)).containsExactly(10L, 11L);
        assertThat(index.remove(old)).isFalse();
        assertThat(index.remove(current)).isTrue();
        assertThat(ids(1)).containsExactly(11L);
        assertThat(index.count()).isEqualTo(1);
    }

    @Test
    void entryThatIsKnownAlreadyStays() {
        Entry known = add(1, 10);
        index.addIfAbsent(entry(1, 10, 99, 99));
        assertThat(known.is(index.find(known, 10))).isTrue();
        assertThat(index.octets()).isEqualTo(10);
    }

    @Test
    void entryGrowsOnlyWhileItIsThere() {
        Entry entry = add(1, 10);
        index.grow(entry, 5);
        assertThat(index.octets()).isEqualTo(15);
        index.remove(entry);
        index.grow(entry, 5);
        assertThat(index.octets()).isZero();
    }

    @Test
    void oldestGoesFirst() {
        for (long id = 1; id <= 5; id++) {
            add(id, id);
        }
        assertThat(index.evict(50)).isNull();
        assertThat(evictAll()).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(index.count()).isZero();
        assertThat(index.octets()).isZero();
    }

    @Test
    void entryThatWasAskedForIsSparedOnce() {
        List<Entry> entries = new ArrayList<>();
        for (long id = 1; id <= 5; id++) {
            entries.add(add(id, id));
        }
        entries.get(0).visit();
        entries.get(2).visit();
        assertThat(evictAll()).containsExactly(2L, 4L, 5L, 1L, 3L);
    }

    @Test
    void handGoesOnWhereItStopped() {
        Entry first = add(1, 1);
        add(2, 2);
        add(3, 3);
        first.visit();
        assertThat(index.evict(20)).isNotNull().extracting(Entry::id).isEqualTo(2L);
        first.visit();
        add(4, 4);
        assertThat(evictAll()).containsExactly(3L, 4L, 1L);
    }

    @Test
    void allThatWereAskedForGoInOrder() {
        for (long id = 1; id <= 3; id++) {
            add(id, id).visit();
        }
        assertThat(evictAll()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void sortingOrdersByWhenTheyWereStored() {
        for (long id : new long[] {3, 1, 2, 5, 4}) {
            add(id, id);
        }
        index.sort();
        add(9, 0);
        assertThat(evictAll()).containsExactly(1L, 2L, 3L, 4L, 5L, 0L);
    }

    @Test
    void indexAgreesWithAModel() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Map<List<Long>, Entry> model = new HashMap<>();
        for (int step = 0; step < 100_000; step++) {
            long digest = random.nextInt(20);
            long id = random.nextInt(5);
            Entry known = model.get(List.of(digest, id));
            switch (random.nextInt(6)) {
                case 0, 1, 2 -> {
                    Entry entry = entry(digest, id, random.nextInt(100), step);
                    index.add(entry);
                    model.put(List.of(digest, id), entry);
                }
                case 3 -> {
                    if (known != null) {
                        known.visit();
                        index.remove(known);
                        model.remove(List.of(digest, id));
                    }
                }
                case 4 -> {
                    if (known != null) {
                        known.visit();
                        index.grow(known, 1);
                    }
                }
                default -> {
                    Entry victim = index.evict(random.nextInt(5000));
                    if (victim != null) {
                        model.values().removeIf(victim::is);
                    }
                }
            }
            Entry found = index.find(new Digest(digest << 56, digest), id);
            Entry expected = model.get(List.of(digest, id));
            assertThat(found == null ? expected == null : found.is(expected))
                    .as("Seed %d, step %d", seed, step)
                    .isTrue();
            assertThat(index.count()).isEqualTo(model.size());
            assertThat(index.octets())
                    .isEqualTo(model.values().stream().mapToLong(Entry::size).sum());
        }
        evictAll();
        assertThat(index.count()).isZero();
    }

    @Test
    void millionEntriesTakeSomeHundredMegabytes() {
        long before = used();
        Random random = new Random(1);
        for (int i = 0; i < 1_000_000; i++) {
            index.add(new Entry(new Digest(random.nextLong(), random.nextLong()), i, 1000, i, false));
        }
        long octets = used() - before;
        assertThat(index.count()).isEqualTo(1_000_000);
        assertThat(octets).isLessThan(125_000_000);
    }

    private static long used() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
