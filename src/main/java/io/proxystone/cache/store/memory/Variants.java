package io.proxystone.cache.store.memory;

import io.proxystone.cache.StoredHead;
import io.proxystone.cache.StoredResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The responses under one key. Each instance keeps the memory of its contents until it is released. */
final class Variants {
    /** How many there may be; the one stored first gives way. */
    private static final int MOST = 64;
    /** What objects and tables take besides octets, roughly. */
    private static final int OVERHEAD = 512;

    private final List<StoredResponse> responses;

    private Variants(List<StoredResponse> responses) {
        this.responses = List.copyOf(responses);
        for (StoredResponse response : responses) {
            ((MemoryContent) response.content()).retain();
        }
    }

    List<StoredResponse> responses() {
        return responses;
    }

    /** With a response in place of those for the same requests. */
    static Variants with(@Nullable Variants former, StoredResponse added) {
        List<StoredResponse> kept = new ArrayList<>();
        for (StoredResponse each : former == null ? List.<StoredResponse>of() : former.responses) {
            if (!each.head().selection().equals(added.head().selection())) {
                kept.add(each);
            }
        }
        kept.add(added);
        return new Variants(kept.subList(Math.max(0, kept.size() - MOST), kept.size()));
    }

    /** With another head for the response of the same id. */
    Variants freshened(StoredHead head) {
        return new Variants(responses.stream()
                .map(each -> each.head().id() == head.id() ? each.with(head) : each)
                .toList());
    }

    /** Without the response of an id, or null if no other is left. */
    @Nullable
    Variants without(long id) {
        List<StoredResponse> kept =
                responses.stream().filter(each -> each.head().id() != id).toList();
        return kept.isEmpty() ? null : new Variants(kept);
    }

    /** Gives the memory of the contents up, unless a newer instance or a reader still keeps it. */
    void release() {
        for (StoredResponse response : responses) {
            ((MemoryContent) response.content()).release();
        }
    }

    /** The octets it takes, heads and overhead included. */
    int weight(String key) {
        long weight = OVERHEAD + 2L * key.length();
        for (StoredResponse response : responses) {
            weight +=
                    OVERHEAD + response.head().fields().octetCount() + ((MemoryContent) response.content()).capacity();
        }
        return (int) Math.min(Integer.MAX_VALUE, weight);
    }
}
