package io.proxystone.cache.serving;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.proxystone.cache.CacheKey;
import io.proxystone.cache.CacheRequest;
import io.proxystone.cache.NotStored;
import io.proxystone.cache.Selection;
import io.proxystone.cache.Selection.Selector;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has been learnt of keys for whose requests nothing is stored: that their responses are not, so that requests need not
 * wait for each other; and by which fields their responses differ, so that those that differ need not either. It forgets.
 */
final class KeyMemory {
    private static final int MOST = 20_000;
    private static final Duration FOR = Duration.ofSeconds(30);

    private final Cache<String, NotStored> notStored =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(FOR).build();
    private final Cache<String, List<String>> vary = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterWrite(Duration.ofMinutes(10))
            .build();

    /** Why requests for a key go to the origin one by one, or null if they do not. */
    @Nullable
    NotStored notStored(CacheKey key) {
        return notStored.getIfPresent(key.text());
    }

    void notStored(CacheKey key, NotStored reason) {
        boolean everyRequest =
                switch (reason) {
                    case NO_STORE, PRIVATE, VARY, SET_COOKIE, NOT_CACHEABLE, NOT_REUSABLE, NOT_UNDERSTOOD, TOO_LARGE ->
                        true;
                    case BYPASS, METHOD, STATUS, REQUEST_NO_STORE, AUTHORIZATION, INVALIDATED -> false;
                };
        if (everyRequest) {
            notStored.put(key.text(), reason);
        }
    }

    void stored(CacheKey key, Selection selection) {
        notStored.invalidate(key.text());
        if (!selection.selectors().isEmpty()) {
            vary.put(
                    key.text(),
                    selection.selectors().stream().map(Selector::name).toList());
        }
    }

    /** What requests share that get the same response, as far as that is known. */
    String shared(CacheRequest request) {
        List<String> names = vary.getIfPresent(request.key().text());
        return names == null
                ? request.key().text()
                : request.key().text()
                        + ' '
                        + Selection.of(names, request.fields()).selectors();
    }
}
