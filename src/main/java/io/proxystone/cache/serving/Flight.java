package io.proxystone.cache.serving;

import io.proxystone.cache.CacheKey;
import io.proxystone.cache.CacheRule;
import io.proxystone.cache.CacheStatus;
import io.proxystone.cache.ForwardReason;
import io.proxystone.cache.NotStored;
import io.proxystone.cache.ResponseStore;
import io.proxystone.cache.ReuseDecision.Validate;
import io.proxystone.cache.ReuseRules;
import io.proxystone.cache.StorageDecision;
import io.proxystone.cache.StorageDecision.Pass;
import io.proxystone.cache.StorageDecision.Store;
import io.proxystone.cache.StorageRules;
import io.proxystone.cache.StoredHead;
import io.proxystone.cache.StoredResponse;
import io.proxystone.cache.ValidationRules;
import io.proxystone.edge.message.Body;
import io.proxystone.edge.message.BufferedBody;
import io.proxystone.edge.message.StreamBody;
import io.proxystone.http.Fields;
import io.proxystone.http.ResponseHead;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request to the origin for something the cache lacks or doubts, and those who wait for its answer: the leader, whose
 * request it is, and others who want the same. The origin's side of it lives on one loop; others join from theirs.
 */
final class Flight implements Origin.Answer {
    private static final int FIRST_SERVER_ERROR = 500;

    private final HttpCache cache;
    private final Lookup leader;
    private final ForwardReason reason;
    private final @Nullable Validate validation;
    private final String shared;
    private final Fetch fetch;
    private final Runnable leaderGone = this::leaderGone;

    private final List<Lookup> waiters = new ArrayList<>();
    private boolean landing;
    private boolean leaderLeft;
    private boolean abandoned;
    private @Nullable SharedContent content;
    private @Nullable StoredHead head;
    private volatile boolean changed;
    private long requested;

    /** @param validation what is to be validated, or null */
    Flight(HttpCache cache, Lookup leader, ForwardReason reason, @Nullable Validate validation) {
        this.cache = cache;
        this.leader = leader;
        this.reason = reason;
        this.validation = validation;
        this.shared = cache.memory().shared(leader.request());
        this.fetch = new Fetch(leader.query().loop());
    }

    /** What requests have in common that may share this flight. */
    String shared() {
        return shared;
    }

    CacheKey key() {
        return leader.request().key();
    }

    /** Asks the origin. */
    void start() {
        cache.flights().started(this);
        requested = cache.now();
        Fields fields = leader.query().fields();
        Fields asked = validation == null
                ? ValidationRules.unconditional(fields)
                : ValidationRules.conditions(fields, validation);
        leader.query().asker().onAbort(leaderGone);
        leader.query().origin().ask(fetch, asked, leader.query().body(), this);
    }

    /**
     * Has a look-up wait for the answer, or read the content that is coming. From any thread.
     *
     * @return false if the flight is over, or about to end since all who waited have left
     */
    boolean join(Lookup lookup) {
        synchronized (this) {
            if (abandoned) {
                return false;
            }
            if (!landing) {
                waiters.add(lookup);
                lookup.waitsFor(this);
                return true;
            }
        }
        if (content == null) {
            return false;
        }
        fetch.loop().execute(() -> serveShared(lookup, true));
        return true;
    }

    /** Takes a look-up out of those that wait, if it is still among them. From any thread. */
    boolean leave(Lookup lookup) {
        boolean unwanted;
        synchronized (this) {
            if (!waiters.remove(lookup)) {
                return false;
            }
            unwanted = leaderLeft && closeIfUnwanted();
        }
        if (unwanted) {
            abandon();
        }
        return true;
    }

    private void leaderGone() {
        boolean unwanted;
        synchronized (this) {
            leaderLeft = true;
            unwanted = closeIfUnwanted();
        }
        if (unwanted) {
            abandon();
        } else {
            leader.gone();
        }
    }

    /** Lets nobody join any more if nobody waits now that the leader has left, and says so. Under the lock. */
    private boolean closeIfUnwanted() {
        abandoned = waiters.isEmpty() && !landing;
        return abandoned;
    }

    private void abandon() {
        cache.flights().closed(this);
        fetch.abort();
    }

    /** Stores nothing of it: the resource has changed since it was asked for. */
    void forbidStoring() {
        changed = true;
        fetch.loop().execute(() -> {
            if (content != null) {
                content.forbidStoring();
            }
        });
    }

    /** Lets nobody join to wait any more; those who did, and the leader. */
    private synchronized List<Lookup> land() {
        landing = true;
        leader.query().asker().removeOnAbort(leaderGone);
        List<Lookup> followers = List.copyOf(waiters);
        waiters.clear();
        return followers;
    }

    private void over() {
        cache.flights().ended(this);
        fetch.end();
    }

    @Override
    public void responded(ResponseHead response, @Nullable Body body) {
        long received = cache.now();
        Validate asked = validation;
        if (asked != null && response.status() == 304) {
            discard(body);
            StoredResponse confirmed = ValidationRules.confirmed(asked, response);
            if (confirmed == null) {
                askAgain();
            } else {
                confirm(confirmed, response, received);
            }
            return;
        }
        StoredResponse stale = asked == null ? null : asked.selected();
        if (stale != null
                && response.status() >= FIRST_SERVER_ERROR
                && ReuseRules.mayReuseOnError(leader.request(), stale, false, received)) {
            discard(body);
            answerStale(stale, response.status());
            return;
        }
        decide(response, body, received);
    }

    private static void discard(@Nullable Body body) {
        if (body != null) {
            body.discard();
        }
    }

    /** The origin confirmed something else than what was asked about: it is asked for the response itself. */
    private void askAgain() {
        List<Lookup> followers = land();
        over();
        leader.forwardUnconditionally(reason);
        followers.forEach(Lookup::again);
    }

    private void confirm(StoredResponse confirmed, ResponseHead response, long received) {
        StoredHead stored = confirmed.head();
        CacheRule rule = cache.rule(
                leader.query(), new ResponseHead(stored.version(), stored.status(), stored.reason(), stored.fields()));
        StoredHead fresh = ValidationRules.freshened(stored, response, rule, requested, received);
        if (!changed) {
            cache.keep(leader.request(), fresh, rule);
        }
        StoredResponse answer = confirmed.with(fresh);
        List<Lookup> followers = land();
        leader.onItsLoop(() -> leader.serve(answer, status(fresh, 304, false, false, received)));
        for (Lookup follower : followers) {
            follower.onItsLoop(() -> follower.serveIfSelected(answer, status(fresh, 304, false, true, received)));
        }
        over();
    }

    private CacheStatus status(StoredHead of, int status, boolean stored, boolean collapsed, long now) {
        long ttl = Math.floorDiv(of.freshness().remaining(now), 1000L);
        return new CacheStatus(reason, status, ttl, stored, collapsed, key(), of.rule());
    }

    private void answerStale(StoredResponse stale, int status) {
        long now = cache.now();
        List<Lookup> followers = land();
        leader.onItsLoop(() -> leader.serve(stale, status(stale.head(), status, false, false, now)));
        for (Lookup follower : followers) {
            follower.onItsLoop(() -> follower.serveIfSelected(stale, status(stale.head(), status, false, true, now)));
        }
        over();
    }

    private void decide(ResponseHead response, @Nullable Body body, long received) {
        CacheRule rule = cache.rule(leader.query(), response);
        StorageDecision decision =
                StorageRules.decide(leader.request(), response, rule, cache.newId(), requested, received);
        boolean readable = body == null || body instanceof BufferedBody || body instanceof StreamBody;
        boolean fits = (body == null ? 0 : body.size()) <= cache.store().maxEntry();
        if (decision instanceof Store store && readable && fits && !changed) {
            cache.memory().stored(key(), store.head().selection());
            replaceValidated(store.head());
            if (body instanceof StreamBody stream) {
                share(store.head(), stream);
            } else {
                storeWhole(store.head(), (BufferedBody) body);
            }
        } else {
            NotStored why = decision instanceof Pass pass
                    ? pass.reason()
                    : changed ? NotStored.INVALIDATED : NotStored.TOO_LARGE;
            pass(response, body, why);
        }
    }

    /** What was validated in vain is replaced, also if the new response is for other requests than it was. */
    private void replaceValidated(StoredHead by) {
        StoredResponse selected = validation == null ? null : validation.selected();
        if (selected != null && !selected.head().selection().equals(by.selection())) {
            cache.store().remove(key(), selected.head().id());
        }
    }

    private void pass(ResponseHead response, @Nullable Body body, NotStored why) {
        cache.memory().notStored(key(), why);
        List<Lookup> followers = land();
        cache.flights().ended(this);
        followers.forEach(follower -> follower.onItsLoop(follower::alone));
        leader.pass(fetch, response, body, CacheStatus.forwarded(reason, response.status(), key(), why.text()));
    }

    private void storeWhole(StoredHead fresh, @Nullable BufferedBody body) {
        byte[] octets = body == null ? new byte[0] : body.octets();
        Fields trailers = body == null ? Fields.EMPTY : body.trailers();
        StoredHead whole = fresh.complete(octets.length, trailers);
        ResponseStore.Writing writing = cache.store().write(key(), whole);
        boolean stored = octets.length == 0 || writing.append(ByteBuffer.wrap(octets));
        if (stored) {
            writing.commit(trailers);
            removeIfChanged(whole);
        } else {
            writing.abort();
            cache.memory().notStored(key(), NotStored.TOO_LARGE);
        }
        long now = cache.now();
        List<Lookup> followers = land();
        leader.onItsLoop(() -> leader.serve(whole, body, status(whole, whole.status(), stored, false, now)));
        for (Lookup follower : followers) {
            follower.onItsLoop(() -> {
                if (follower.isSelected(whole)) {
                    follower.serve(whole, body, status(whole, whole.status(), stored, true, now));
                } else {
                    follower.again();
                }
            });
        }
        over();
    }

    /** Removes what was stored while something made it invalid on another loop. */
    private void removeIfChanged(StoredHead stored) {
        if (changed) {
            cache.store().remove(key(), stored.id());
        }
    }

    private void share(StoredHead fresh, StreamBody body) {
        StoredHead coming = fresh.complete(body.size(), Fields.EMPTY);
        ResponseStore.Writing writing = cache.store().write(key(), coming);
        head = coming;
        SharedContent shared = new SharedContent(
                fetch.loop(), body, writing, cache.settings().collapse().buffer(), new SharedContent.End() {
                    @Override
                    public boolean mayStore() {
                        return !changed;
                    }

                    @Override
                    public void committed() {
                        removeIfChanged(coming);
                    }

                    @Override
                    public void complete(boolean stored) {
                        if (!stored && !changed) {
                            cache.memory().notStored(key(), NotStored.TOO_LARGE);
                        }
                        over();
                    }

                    @Override
                    public void incomplete() {
                        over();
                    }
                });
        content = shared;
        List<Lookup> followers = land();
        serveShared(leader, false);
        followers.forEach(follower -> serveShared(follower, true));
        shared.start();
    }

    /** On the loop of the fetch. */
    private void serveShared(Lookup lookup, boolean collapsed) {
        SharedContent coming = content;
        StoredHead of = head;
        StreamBody body = coming == null || of == null || !lookup.isSelected(of)
                ? null
                : coming.reader(lookup.query().loop());
        lookup.onItsLoop(() -> {
            if (body == null || of == null) {
                lookup.again();
            } else {
                lookup.serve(of, body, status(of, of.status(), true, collapsed, cache.now()));
            }
        });
    }

    @Override
    public void failed(Exception cause) {
        StoredResponse stale = validation == null ? null : validation.selected();
        if (stale != null && ReuseRules.mayReuseOnError(leader.request(), stale, true, cache.now())) {
            answerStale(stale, 0);
            return;
        }
        List<Lookup> followers = land();
        leader.fail(cause);
        followers.forEach(follower -> follower.onItsLoop(() -> follower.fail(cause)));
        over();
    }
}
