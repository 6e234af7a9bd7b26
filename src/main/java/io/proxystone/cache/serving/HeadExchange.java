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
            StoredResponse confirmed = ValidationRules.confirmed(validation, response);
            if (confirmed == null) {
                lookup.forwardUnconditionally(reason);
                fetch.end();
                return;
            }
            StoredHead fresh = freshen(confirmed.head(), response, received);
            lookup.serve(
                    stored.with(fresh),
                    CacheStatus.forwarded(reason, 304, lookup.request().key(), fresh.rule()));
            fetch.end();
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
            lookup.serve(
                    stored,
                    CacheStatus.forwarded(
                            reason, 0, lookup.request().key(), stored.head().rule()));
        } else {
            lookup.fail(cause);
        }
        fetch.end();
    }
}
