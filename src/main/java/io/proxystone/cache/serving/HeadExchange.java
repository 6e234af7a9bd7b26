package io.proxystone.cache.serving;

import io.proxystone.cache.CacheRule;
import io.proxystone.cache.CacheStatus;
import io.proxystone.cache.ForwardReason;
import io.proxystone.cache.ReuseDecision.Validate;
import io.proxystone.cache.ReuseRules;
import io.proxystone.cache.StoredHead;
import io.proxystone.cache.StoredResponse;
import io.proxystone.cache.ValidationRules;
import io.proxystone.edge.message.Body;
import io.proxystone.http.Fields;
import io.proxystone.http.ResponseHead;
import org.jspecify.annotations.Nullable;

/**
 * A HEAD request that nothing stored answers. Its answer is not stored; it tells whether what is stored for GET still holds
 * (RFC 9111 §4.3.5).
 */
final class HeadExchange implements Origin.Answer {
    private final HttpCache cache;
    private final Lookup lookup;
    private final ForwardReason reason;
    private final @Nullable StoredResponse selected;
    private final @Nullable Validate validation;
    private final Fetch fetch;
    private long requested;

    HeadExchange(HttpCache cache, Lookup lookup, ForwardReason reason, @Nullable Validate validation) {
        this.cache = cache;
        this.lookup = lookup;
        this.reason = reason;
        this.validation = validation;
        this.selected = validation == null ? null : validation.selected();
        this.fetch = new Fetch(lookup.query().loop());
    }

    void start() {
        requested = cache.now();
        Fields fields = lookup.query().fields();
        lookup.query().asker().onAbort(fetch::abort);
        Fields asked = selected == null || validation == null ? fields : ValidationRules.conditions(fields, validation);
        lookup.query().origin().ask(fetch, asked, null, this);
    }

    @Override
    public void responded(ResponseHead response, @Nullable Body body) {
        long received = cache.now();
        StoredResponse stored = selected;
        if (stored != null && validation != null && response.status() == 304) {
            confirmed(ValidationRules.confirmed(validation, response), response, received);
            return;
        }
        if (stored != null
                && response.status() >= 500
                && ReuseRules.mayReuseOnError(lookup.request(), stored, false, received)) {
            answerStale(stored, response.status());
            return;
        }
        if (stored != null && response.status() == stored.head().status()) {
            if (ValidationRules.describes(response, stored.head())) {
                freshen(stored.head(), response, received);
            } else {
                cache.store()
                        .freshen(
                                lookup.request().key(),
                                stored.head().with(stored.head().freshness().staleAt(received)));
            }
        }
        lookup.pass(
                fetch,
                response,
                body,
                CacheStatus.forwarded(
                        reason, response.status(), lookup.request().key(), ""));
    }

    /** @param stored what the origin confirmed, or null if it is something else than what was asked about */
    private void confirmed(@Nullable StoredResponse stored, ResponseHead response, long received) {
        fetch.end();
        if (stored == null) {
            lookup.forwardUnconditionally(reason);
            return;
        }
        StoredHead fresh = freshen(stored.head(), response, received);
        lookup.serve(
                stored.with(fresh),
                CacheStatus.forwarded(reason, 304, lookup.request().key(), fresh.rule()));
    }

    private void answerStale(StoredResponse stored, int status) {
        lookup.serve(
                stored,
                CacheStatus.forwarded(
                        reason, status, lookup.request().key(), stored.head().rule()));
        fetch.end();
    }

    private StoredHead freshen(StoredHead stored, ResponseHead response, long received) {
        CacheRule rule = cache.rule(
                lookup.query(), new ResponseHead(stored.version(), stored.status(), stored.reason(), stored.fields()));
        StoredHead fresh = ValidationRules.freshened(stored, response, rule, requested, received);
        cache.keep(lookup.request(), fresh, rule);
        return fresh;
    }

    @Override
    public void failed(Exception cause) {
        StoredResponse stored = selected;
        if (stored != null && ReuseRules.mayReuseOnError(lookup.request(), stored, true, cache.now())) {
            answerStale(stored, 0);
        } else {
            lookup.fail(cause);
            fetch.end();
        }
    }
}
