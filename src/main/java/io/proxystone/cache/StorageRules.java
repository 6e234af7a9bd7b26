package io.proxystone.cache;

import io.proxystone.cache.StorageDecision.Pass;
import io.proxystone.cache.StorageDecision.Store;
import io.proxystone.http.CacheControl;
import io.proxystone.http.FieldName;
import io.proxystone.http.Fields;
import io.proxystone.http.Method;
import io.proxystone.http.ResponseHead;
import io.proxystone.http.StatusCode;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** When a response may be stored, and with which head (RFC 9111 §3). Times are milliseconds since 1970. */
public final class StorageRules {
    private static final String SET_COOKIE = "set-cookie";

    private final CacheRequest request;
    private final ResponseHead response;
    private final CacheRule rule;
    private final ResponseControl control;
    private final FreshnessRules freshness;

    private StorageRules(CacheRequest request, ResponseHead response, CacheRule rule, long requested, long received) {
        this.request = request;
        this.response = response;
        this.rule = rule;
        this.control = ResponseControl.of(response.fields(), rule);
        this.freshness = new FreshnessRules(response.fields(), response.status(), control, rule, requested, received);
    }

    /**
     * Decides about the response to a request.
     *
     * @param rule the first rule of the settings whose conditions both meet
     * @param id the id it gets if it is stored
     * @param requested when the request was sent
     * @param received when the head of the response came
     */
    public static StorageDecision decide(
            CacheRequest request, ResponseHead response, CacheRule rule, long id, long requested, long received) {
        StorageRules rules = new StorageRules(request, response, rule, requested, received);
        NotStored reason = rules.obstacle();
        if (reason != null) {
            return new Pass(reason);
        }
        StoredHead head = rules.head(id, received);
        boolean reusable = head.hasValidator() || head.freshness().usefulFor(received) > 0;
        return reusable ? new Store(head) : new Pass(NotStored.NOT_REUSABLE);
    }

    private @Nullable NotStored obstacle() {
        if (rule.bypass()) {
            return NotStored.BYPASS;
        }
        if (!request.method().equals(Method.GET) && !request.rule().cachesMethod(request.method())) {
            return NotStored.METHOD;
        }
        if (response.isInterim() || response.status() == 206 || response.status() == 304) {
            return NotStored.STATUS;
        }
        if (request.control().noStore()) {
            return NotStored.REQUEST_NO_STORE;
        }
        NotStored forbidden = forbidden(control.directives());
        return forbidden != null ? forbidden : notEnabled();
    }

    /** What forbids to store it, or null. */
    private @Nullable NotStored forbidden(CacheControl directives) {
        if (directives.mustUnderstand() && !StatusCode.isKnown(response.status())) {
            return NotStored.NOT_UNDERSTOOD;
        }
        // For a cache that understands the status, must-understand takes no-store back (RFC 9111 §5.2.2.3).
        if (directives.noStore() && !directives.mustUnderstand()) {
            return NotStored.NO_STORE;
        }
        if (directives.isPrivate()) {
            return NotStored.PRIVATE;
        }
        boolean shared = directives.isPublic()
                || directives.mustRevalidate()
                || directives.sMaxage() >= 0
                || rule.sharesAuthorized();
        if (request.fields().contains(FieldName.AUTHORIZATION) && !shared) {
            return NotStored.AUTHORIZATION;
        }
        return VaryNames.of(response.fields()) == null ? NotStored.VARY : null;
    }

    /** Why nothing enables to store it, or null. */
    private @Nullable NotStored notEnabled() {
        boolean explicit =
                switch (freshness.source()) {
                    case RULE, TARGETED, S_MAXAGE, MAX_AGE, EXPIRES -> true;
                    case HEURISTIC, NONE -> false;
                };
        CacheControl directives = control.directives();
        boolean heuristic = directives.isPublic() || StatusCode.isHeuristicallyCacheable(response.status());
        // A response to POST has to say itself how long it may be reused (RFC 9110 §9.3.3).
        if (!explicit && (!heuristic || request.method().equals(Method.POST))) {
            return NotStored.NOT_CACHEABLE;
        }
        boolean saysShared =
                directives.isPublic() || directives.sMaxage() >= 0 || freshness.source() == Freshness.Source.TARGETED;
        if (keepsCookie(directives) && !rule.storesSetCookie(saysShared)) {
            return NotStored.SET_COOKIE;
        }
        return null;
    }

    /** Whether it sets a cookie, which it does not keep for this response alone. */
    private boolean keepsCookie(CacheControl directives) {
        return response.fields().contains(FieldName.SET_COOKIE)
                && !directives.noCacheFields().contains(SET_COOKIE)
                && !directives.privateFields().contains(SET_COOKIE);
    }

    private StoredHead head(long id, long received) {
        Fields fields = response.fields();
        List<String> names = VaryNames.of(fields);
        return new StoredHead(
                id,
                response.version(),
                response.status(),
                response.reason(),
                StoredFields.of(fields, control.directives(), received),
                Fields.EMPTY,
                -1,
                Selection.of(names == null ? List.of() : names, request.fields()),
                freshness.freshness(),
                rule.name(),
                tags(fields));
    }

    private Set<String> tags(Fields fields) {
        return Tags.of(fields, rule.tags());
    }

    /**
     * Why a stored response may not be kept with the head that a confirmation gave it, or null if it may. A confirmation is
     * a response, too, and may forbid to store anything of it (RFC 9111 §4.3.4, §5.2.2.5).
     *
     * @param request the request it was confirmed for
     */
    public static @Nullable NotStored obstacle(CacheRequest request, StoredHead confirmed, CacheRule rule) {
        ResponseHead head =
                new ResponseHead(confirmed.version(), confirmed.status(), confirmed.reason(), confirmed.fields());
        long received = confirmed.freshness().received();
        // What HEAD confirms is stored for GET (RFC 9111 §4.3.5).
        String method = request.isHead() ? Method.GET : request.method();
        CacheRequest stored =
                new CacheRequest(method, request.key(), request.fields(), request.control(), request.rule());
        return new StorageRules(stored, head, rule, received, received).obstacle();
    }

    /** Computes the freshness of a response anew, after a validation has changed its fields (RFC 9111 §4.3.4). */
    static Freshness freshness(Fields fields, int status, CacheRule rule, long requested, long received) {
        return new FreshnessRules(fields, status, ResponseControl.of(fields, rule), rule, requested, received)
                .freshness();
    }
}
