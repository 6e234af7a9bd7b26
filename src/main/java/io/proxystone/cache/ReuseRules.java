package io.proxystone.cache;

import io.proxystone.cache.Freshness.StaleUse;
import io.proxystone.cache.ReuseDecision.Forward;
import io.proxystone.cache.ReuseDecision.Reuse;
import io.proxystone.cache.ReuseDecision.ReuseAndRevalidate;
import io.proxystone.cache.ReuseDecision.Unsatisfiable;
import io.proxystone.cache.ReuseDecision.Validate;
import io.proxystone.http.CacheControl;
import io.proxystone.http.FieldName;
import io.proxystone.http.HttpDate;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When a stored response may answer a request (RFC 9111 §4). Times are milliseconds since 1970. */
public final class ReuseRules {
    private static final long SECOND = 1000;

    private ReuseRules() {}

    /** Decides how a request for a representation is answered, given everything stored under its key. */
    public static ReuseDecision decide(CacheRequest request, List<StoredResponse> stored, long now) {
        ReuseDecision decision = decideUnbound(request, stored, now);
        boolean needsOrigin = decision instanceof Validate || decision instanceof Forward;
        return needsOrigin && request.control().onlyIfCached() ? new Unsatisfiable() : decision;
    }

    private static ReuseDecision decideUnbound(CacheRequest request, List<StoredResponse> stored, long now) {
        if (stored.isEmpty()) {
            return new Forward(ForwardReason.URI_MISS);
        }
        if (request.fields().contains(FieldName.IF_MATCH) || request.fields().contains(FieldName.IF_UNMODIFIED_SINCE)) {
            // They are for the origin alone to evaluate (RFC 9111 §4.3.2).
            return new Forward(ForwardReason.REQUEST);
        }
        StoredResponse selected = select(request, stored);
        if (selected == null) {
            List<StoredResponse> candidates = withEntityTag(stored);
            return candidates.isEmpty()
                    ? new Forward(ForwardReason.VARY_MISS)
                    : new Validate(null, candidates, ForwardReason.VARY_MISS);
        }
        return decide(request.control(), selected, stored, now);
    }

    private static ReuseDecision decide(
            CacheControl wanted, StoredResponse selected, List<StoredResponse> stored, long now) {
        Freshness freshness = selected.head().freshness();
        ForwardReason unwanted = unwanted(wanted, freshness, now);
        if (unwanted != null) {
            return validate(selected, stored, freshness.isFresh(now) ? unwanted : ForwardReason.STALE);
        }
        if (freshness.staleUse() == StaleUse.FORBIDDEN_ALSO_FRESH) {
            return validate(selected, stored, ForwardReason.STALE);
        }
        if (freshness.isFresh(now) || mayBeStale(wanted, freshness, now)) {
            return new Reuse(selected);
        }
        // Who names an age does not want what is stale, unless max-stale says how much (RFC 9111 §5.2.1.1).
        boolean revalidatable = wanted.maxAge() < 0
                && freshness.staleUse() == StaleUse.ALLOWED
                && -freshness.remaining(now) < freshness.staleWhileRevalidate();
        return revalidatable ? new ReuseAndRevalidate(selected) : validate(selected, stored, ForwardReason.STALE);
    }

    /** Why a request does not want a response whatever the response says about itself, or null (RFC 9111 §5.2.1). */
    private static @Nullable ForwardReason unwanted(CacheControl wanted, Freshness freshness, long now) {
        if (wanted.isEmpty()) {
            return null;
        }
        boolean tooOld = wanted.maxAge() == 0 || (wanted.maxAge() > 0 && freshness.age(now) > wanted.maxAge() * SECOND);
        boolean notFreshEnough = wanted.minFresh() > 0 && freshness.remaining(now) < wanted.minFresh() * SECOND;
        return wanted.noCache() || tooOld || notFreshEnough ? ForwardReason.REQUEST : null;
    }

    /** Whether a request's max-stale takes a stale response that may be taken (RFC 9111 §5.2.1.2). */
    private static boolean mayBeStale(CacheControl wanted, Freshness freshness, long now) {
        return wanted.maxStale() >= 0
                && freshness.staleUse() == StaleUse.ALLOWED
                && (wanted.maxStale() == Long.MAX_VALUE || -freshness.remaining(now) <= wanted.maxStale() * SECOND);
    }

    private static ReuseDecision validate(StoredResponse selected, List<StoredResponse> stored, ForwardReason reason) {
        if (selected.head().entityTag() == null) {
            return new Validate(selected, List.of(selected), reason);
        }
        List<StoredResponse> candidates = withEntityTag(stored);
        return new Validate(selected, candidates, reason);
    }

    private static List<StoredResponse> withEntityTag(List<StoredResponse> stored) {
        return stored.stream().filter(each -> each.head().entityTag() != null).toList();
    }

    /** The most recent response that is for requests like this one, or null (RFC 9111 §4.1). */
    public static @Nullable StoredResponse select(CacheRequest request, List<StoredResponse> stored) {
        StoredResponse latest = null;
        for (StoredResponse each : stored) {
            if (each.head().selection().matches(request.fields())
                    && (latest == null || date(each.head()) >= date(latest.head()))) {
                latest = each;
            }
        }
        return latest;
    }

    private static long date(StoredHead head) {
        String text = head.fields().first(FieldName.DATE);
        Instant date = text == null ? null : HttpDate.parse(text);
        return date == null ? head.freshness().received() : date.toEpochMilli();
    }

    /**
     * Whether a stale response may answer because the origin failed (RFC 5861 §4, RFC 9111 §4.2.4).
     *
     * @param unreachable whether there is no answer at all, rather than an answer that is an error
     */
    public static boolean mayReuseOnError(
            CacheRequest request, StoredResponse response, boolean unreachable, long now) {
        Freshness freshness = response.head().freshness();
        if (freshness.staleUse() != StaleUse.ALLOWED || request.control().noCache()) {
            return false;
        }
        long staleness = -freshness.remaining(now);
        long window = Math.max(freshness.staleIfError(), request.control().staleIfError() * SECOND);
        if (unreachable) {
            window = Math.max(window, request.rule().staleIfUnreachable().toMillis());
        }
        return staleness < window || staleness < 0;
    }
}
