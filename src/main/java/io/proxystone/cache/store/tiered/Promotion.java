package io.proxystone.cache.store.tiered;

import io.proxystone.cache.CacheKey;
import io.proxystone.cache.ResponseStore;
import io.proxystone.cache.StoredContent;
import io.proxystone.cache.StoredResponse;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/**
 * Brings responses from the store below into memory when they are looked up, all under a key or none. What has changed since
 * the look-up began stays below.
 */
final class Promotion {
    private static final int STRIPES = 1024;
    private static final int MOST_VARIANTS = 8;

    private final ResponseStore memory;
    private final int maxPromoted;
    private final AtomicIntegerArray versions = new AtomicIntegerArray(STRIPES);

    Promotion(ResponseStore memory, int maxPromoted) {
        this.memory = memory;
        this.maxPromoted = maxPromoted;
    }

    /** A number that is another one after something under the key may have changed. */
    int version(CacheKey key) {
        return versions.get(stripe(key));
    }

    void changed(CacheKey key) {
        versions.incrementAndGet(stripe(key));
    }

    void allChanged() {
        for (int stripe = 0; stripe < STRIPES; stripe++) {
            versions.incrementAndGet(stripe);
        }
    }

    private static int stripe(CacheKey key) {
        return Math.floorMod(key.text().hashCode(), STRIPES);
    }

    /** The responses found below, from memory if they are small enough to come up. */
    CompletionStage<List<StoredResponse>> promote(CacheKey key, List<StoredResponse> found, int version) {
        boolean small = !found.isEmpty()
                && found.size() <= MOST_VARIANTS
                && found.stream().allMatch(each -> each.content().size() <= maxPromoted);
        if (!small) {
            return CompletableFuture.completedFuture(found);
        }
        List<CompletableFuture<ByteBuffer>> contents = new ArrayList<>();
        for (StoredResponse response : found) {
            contents.add(content(response.content()));
        }
        return CompletableFuture.allOf(contents.toArray(new CompletableFuture<?>[0]))
                .handle((done, failure) -> failure == null ? up(key, found, contents, version) : found);
    }

    private List<StoredResponse> up(
            CacheKey key, List<StoredResponse> found, List<CompletableFuture<ByteBuffer>> contents, int version) {
        if (version(key) != version) {
            return found;
        }
        for (int i = 0; i < found.size(); i++) {
            ResponseStore.Writing writing = memory.write(key, found.get(i).head());
            ByteBuffer content = contents.get(i).join();
            if (content.hasRemaining() && !writing.append(content)) {
                writing.abort();
                memory.remove(key);
                return found;
            }
            writing.commit(found.get(i).head().trailers());
        }
        if (version(key) != version) {
            memory.remove(key);
            return found;
        }
        List<StoredResponse> above = memory.find(key).toCompletableFuture().join();
        return above.isEmpty() ? found : above;
    }

    private static CompletableFuture<ByteBuffer> content(StoredContent content) {
        ByteBuffer into = ByteBuffer.allocate((int) content.size());
        StoredContent.Reading reading = content.read(0);
        CompletableFuture<ByteBuffer> whole = new CompletableFuture<>();
        readOn(reading, into, whole);
        return whole.whenComplete((done, failure) -> reading.close());
    }

    private static void readOn(StoredContent.Reading reading, ByteBuffer into, CompletableFuture<ByteBuffer> whole) {
        if (!into.hasRemaining()) {
            whole.complete(into.flip());
            return;
        }
        reading.read(into).whenComplete((count, failure) -> {
            if (failure != null || count == null || count < 0) {
                whole.completeExceptionally(shorter(failure));
            } else {
                readOn(reading, into, whole);
            }
        });
    }

    private static Throwable shorter(@Nullable Throwable failure) {
        return failure != null ? failure : new IllegalStateException("The content is shorter than it was");
    }
}
