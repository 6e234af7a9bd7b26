package io.proxystone.cache.serving;

import io.proxystone.cache.CacheKey;
import io.proxystone.cache.CacheRequest;
import io.proxystone.cache.CacheRule;
import io.proxystone.cache.CacheSettings;
import io.proxystone.cache.CacheStatus;
import io.proxystone.cache.CacheTarget;
import io.proxystone.cache.ForwardReason;
import io.proxystone.cache.Invalidation;
import io.proxystone.cache.NotStored;
import io.proxystone.cache.ResponseStore;
import io.proxystone.cache.ReuseDecision.Validate;
import io.proxystone.cache.StorageRules;
import io.proxystone.cache.StoredHead;
import io.proxystone.cache.StoredResponse;
import io.proxystone.edge.message.Body;
import io.proxystone.http.ResponseHead;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** A cache by its name: what it has stored, and what is on its way. From any loop. */
public final class HttpCache {
    private final String name;
    private final CacheSettings settings;
    private final ResponseStore store;
    private final InstantSource clock;
    private final Flights flights = new Flights();
    private final KeyMemory memory = new KeyMemory();

    public HttpCache(String name, CacheSettings settings, ResponseStore store, InstantSource clock) {
        this.name = name;
        this.settings = settings;
        this.store = store;
        this.clock = clock;
    }

    public String name() {
        return name;
    }

    public CacheSettings settings() {
        return settings;
    }

    public ResponseStore store() {
        return store;
    }

    /** Answers a request, from what is stored or by asking its origin. On the loop of the query. */
    public void answer(CacheQuery query) {
        lookup(query).start();
    }

    private Lookup lookup(CacheQuery query) {
        return new Lookup(
                this,
                query,
                settings.request(
                        query.method(), query.target(), query.fields(), () -> RequestContent.digest(query.body())));
    }

    /** Validates a stored response without anybody waiting for it. */
    void refresh(CacheQuery query, StoredResponse stale) {
        CacheQuery own = new CacheQuery(
                query.method(),
                query.target(),
                query.fields(),
                query.body(),
                new Nobody(),
                query.origin(),
                query.loop());
        Lookup lookup = lookup(own);
        Validate validation = new Validate(stale, List.of(stale), ForwardReason.STALE);
        Flight flight = new Flight(this, lookup, ForwardReason.STALE, validation);
        if (!flights.isUnderWay(flight.shared())) {
            flights.joinOrLead(flight, lookup);
        }
    }

    /** Stores the head that a confirmation gave a stored response, or forgets the response if it may be kept no more. */
    void keep(CacheRequest request, StoredHead confirmed, CacheRule rule) {
        NotStored obstacle = StorageRules.obstacle(request, confirmed, rule);
        if (obstacle == null) {
            store.freshen(request.key(), confirmed);
        } else if (obstacle != NotStored.REQUEST_NO_STORE && obstacle != NotStored.AUTHORIZATION) {
            store.remove(request.key(), confirmed.id());
        }
    }

    /** Forgets what a response to a request makes invalid (RFC 9111 §4.4). */
    void invalidate(CacheQuery query, ResponseHead response) {
        for (CacheTarget target : Invalidation.of(query.method(), query.target(), response)) {
            CacheKey key = settings.keyOf(target, query.fields());
            // In this order: a flight that has just stored something looks again whether it may.
            flights.forbidStoring(key);
            store.remove(key);
        }
    }

    /** The rule for a response to a request. */
    CacheRule rule(CacheQuery query, ResponseHead response) {
        return settings.rule(query.method(), query.target(), query.fields(), response);
    }

    Flights flights() {
        return flights;
    }

    KeyMemory memory() {
        return memory;
    }

    /** The time in milliseconds since 1970. */
    long now() {
        return clock.millis();
    }

    long newId() {
        return ThreadLocalRandom.current().nextLong() & Long.MAX_VALUE;
    }

    /** Who wants something refreshed and no answer. */
    private static final class Nobody implements Asker {
        private @Nullable Runnable end;
        private boolean over;

        @Override
        public void answered(ResponseHead head, @Nullable Body body, CacheStatus status) {
            if (body != null) {
                body.discard();
            }
            over();
        }

        @Override
        public void failed(Exception cause) {
            over();
        }

        private void over() {
            over = true;
            if (end != null) {
                end.run();
            }
        }

        @Override
        public void onAbort(Runnable action) {
            // It never goes away.
        }

        @Override
        public void removeOnAbort(Runnable action) {
            // It never goes away.
        }

        @Override
        public void onEnd(Runnable action) {
            if (over) {
                action.run();
            } else {
                end = action;
            }
        }
    }
}
