package io.proxystone.cache.store.memory;

import static io.proxystone.cache.store.Samples.KEY;
import static io.proxystone.cache.store.Samples.content;
import static io.proxystone.cache.store.Samples.head;
import static org.assertj.core.api.Assertions.assertThat;

import io.proxystone.cache.CacheSettings;
import io.proxystone.cache.LentContent;
import io.proxystone.cache.ResponseStore;
import io.proxystone.cache.StoredResponse;
import io.proxystone.cache.store.ResponseStoreContract;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What is special of memory: it answers at once, and lends what it has. */
class MemoryResponseStoreTest extends ResponseStoreContract {

    @Override
    protected ResponseStore open(long capacity) {
        return new MemoryResponseStore(new CacheSettings.Memory(capacity, capacity));
    }

    private LentContent stored(int size) {
        write(head(1), content(size, 1));
        List<StoredResponse> found = store.find(KEY).toCompletableFuture().getNow(List.of());
        assertThat(found).hasSize(1);
        return (LentContent) found.get(0).content();
    }

    @Test
    void contentThatWasLentStaysUntilItIsGivenBack() {
        LentContent content = stored(200_000);
        LentContent.Loan loan = Objects.requireNonNull(content.borrow());
        store.clear();
        byte[] octets = new byte[200_000];
        int at = 0;
        for (var piece : loan.pieces()) {
            int count = piece.remaining();
            piece.duplicate().get(octets, at, count);
            at += count;
        }
        assertThat(octets).isEqualTo(content(200_000, 1));
        loan.giveBack();
        assertThat(content.borrow()).isNull();
    }

    @Test
    void smallContentIsOneArray() {
        LentContent.Loan loan = Objects.requireNonNull(stored(1000).borrow());
        assertThat(loan.pieces()).hasSize(1);
        assertThat(loan.pieces().get(0).hasArray()).isTrue();
    }

    @Test
    void whatIsTooLargeIsNotTaken() {
        ResponseStore small = new MemoryResponseStore(new CacheSettings.Memory(1 << 20, 1000));
        assertThat(small.maxEntry()).isEqualTo(1000);
        ResponseStore.Writing writing = small.write(KEY, head(1));
        assertThat(writing.append(ByteBuffer.wrap(content(1000, 1)))).isTrue();
        assertThat(writing.append(ByteBuffer.wrap(content(1, 1)))).isFalse();
        writing.abort();
        assertThat(small.find(KEY).toCompletableFuture().join()).isEmpty();
        assertThat(new MemoryResponseStore(new CacheSettings.Memory(0, 1000)).maxEntry())
                .isNegative();
    }
}
