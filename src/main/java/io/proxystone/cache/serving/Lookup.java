package io.proxystone.cache.serving;

import io.proxystone.cache.CacheRequest;
import io.proxystone.cache.CacheStatus;
import io.proxystone.cache.ForwardReason;
import io.proxystone.cache.NotStored;
import io.proxystone.cache.Presentation;
import io.proxystone.cache.ReuseDecision;
import io.proxystone.cache.ReuseRules;
import io.proxystone.cache.StoredHead;
import io.proxystone.cache.StoredResponse;
import io.proxystone.cache.ValidationRules;
import io.proxystone.edge.loop.Deadline;
import io.proxystone.edge.message.Body;
import io.proxystone.edge.message.BufferedBody;
import io.proxystone.edge.message.ClientGoneException;
import io.proxystone.edge.message.StreamBody;
import io.proxystone.http.FieldName;
import io.proxystone.http.Fields;
import io.proxystone.http.HttpVersion;
import io.proxystone.http.Problem;
import io.proxystone.http.ProblemType;
import io.proxystone.http.ResponseHead;
import io.proxystone.http.StatusCode;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The way of one request through the cache. It lives on the loop of its query. */
final class Lookup implements ReuseDecision.Handler<Boolean> {
    /** How often it may find that what it waited for is not for it, before it goes to the origin by itself. */
    private static final int MAX_ATTEMPTS = 3;

    private final HttpCache cache;
    private final CacheQuery query;
    private final CacheRequest request;

    private int attempts;
    private @Nullable Flight awaited;
    private @Nullable Deadline deadline;
    private volatile boolean answered;
    private final Runnable gone = this::waiterGone;

    Lookup(HttpCache cache, CacheQuery query, CacheRequest request) {
        this.cache = cache;
        this.query = query;
        this.request = request;
    }

    CacheQuery query() {
        return query;
    }

    CacheRequest request() {
        return request;
    }

    boolean isAnswered() {
        return answered;
    }

    /** Does something about it on its loop. If that cannot be done, the request fails, so that it ends. */
    void onItsLoop(Runnable action) {
        query.loop().execute(() -> {
            try {
                action.run();
            } catch (RuntimeException e) {
                if (answered) {
                    throw e;
                }
                fail(e);
            }
        });
    }

    /** Finds out how the request is answered. */
    void start() {
        if (!request.isRetrieval()) {
            forward(ForwardReason.METHOD);
        } else if (request.rule().bypass() || isContentUnknown()) {
            forward(ForwardReason.BYPASS);
        } else {
            find();
        }
    }

    /** Whether the request has content that does not count for the key, or cannot, since it streams. */
    private boolean isContentUnknown() {
        return query.body() != null
                && !(request.rule().cachesMethod(query.method()) && query.body() instanceof BufferedBody);
    }

    private void find() {
        CompletableFuture<List<StoredResponse>> found =
                cache.store().find(request.key()).toCompletableFuture();
        if (found.isDone()) {
            decide(found.join());
        } else {
            found.whenComplete((stored, failure) -> onItsLoop(() -> decide(stored == null ? List.of() : stored)));
        }
    }

    private void decide(List<StoredResponse> stored) {
        ReuseRules.decide(request, stored, cache.now()).fold(this);
    }

    /** Starts over: what it waited for was not for it. */
    void again() {
        onItsLoop(() -> {
            stopWaiting();
            if (++attempts < MAX_ATTEMPTS) {
                find();
            } else {
                alone();
            }
        });
    }

    /** Goes to the origin by itself: what it waited for is nothing that could be shared. */
    void alone() {
        stopWaiting();
        new Flight(cache, this, ForwardReason.MISS, null).start();
    }

    @Override
    public Boolean reuse(ReuseDecision.Reuse decision) {
        return serve(decision.response(), hit(decision.response()));
    }

    private CacheStatus hit(StoredResponse response) {
        return CacheStatus.hit(request.key(), response.head(), cache.now());
    }

    @Override
    public Boolean reuseAndRevalidate(ReuseDecision.ReuseAndRevalidate decision) {
        boolean served = serve(decision.response(), hit(decision.response()));
        String shared = cache.memory().shared(request);
        if (served && !cache.flights().isUnderWay(shared)) {
            query.loop().executor().execute(() -> cache.refresh(query, decision.response()));
        }
        return served;
    }

    @Override
    public Boolean validate(ReuseDecision.Validate decision) {
        return askOrigin(decision.reason(), decision);
    }

    @Override
    public Boolean forward(ReuseDecision.Forward decision) {
        return askOrigin(decision.reason(), null);
    }

    @Override
    public Boolean unsatisfiable(ReuseDecision.Unsatisfiable decision) {
        String detail = "Nothing stored may answer, and the request is for nothing else (only-if-cached)";
        Problem problem = new Problem(ProblemType.GATEWAY_TIMEOUT, detail, null, null);
        CacheStatus status = CacheStatus.forwarded(ForwardReason.REQUEST, 0, request.key(), "only-if-cached");
        Fields fields = Fields.builder()
                .add(FieldName.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .add(FieldName.CACHE_CONTROL, "no-store")
                .add(FieldName.CACHE_STATUS, status.text())
                .build();
        answer(
                new ResponseHead(HttpVersion.HTTP_1_1, 504, StatusCode.reason(504), fields),
                new BufferedBody(problem.toJson()),
                status);
        return false;
    }

    private boolean askOrigin(ForwardReason reason, ReuseDecision.@Nullable Validate validation) {
        Fields fields = query.fields();
        NotStored notStored = validation == null ? cache.memory().notStored(request.key()) : null;
        boolean conditional = fields.contains(FieldName.IF_NONE_MATCH) || fields.contains(FieldName.IF_MODIFIED_SINCE);
        boolean asItIs = request.range() != null
                || fields.contains(FieldName.IF_MATCH)
                || fields.contains(FieldName.IF_UNMODIFIED_SINCE)
                || (notStored != null && conditional)
                || notStored == NotStored.TOO_LARGE;
        if (request.isHead()) {
            new HeadExchange(cache, this, reason, validation).start();
        } else if (asItIs) {
            ask(reason, fields, notStored == null ? request.rule().name() : notStored.text());
        } else if (notStored == null && isShareable()) {
            cache.flights().joinOrLead(new Flight(cache, this, reason, validation), this);
        } else {
            // What was not stored the last time may be this time.
            new Flight(cache, this, reason, validation).start();
        }
        return false;
    }

    /** Whether others may get the answer to this request, as far as the request goes. */
    private boolean isShareable() {
        return cache.settings().collapse().enabled()
                && request.control().isEmpty()
                && !query.fields().contains(FieldName.AUTHORIZATION);
    }

    /** Waits for somebody else's flight, up to the deadline. */
    void waitsFor(Flight flight) {
        awaited = flight;
        query.asker().onAbort(gone);
        deadline = new Deadline(query.loop().deadlines(), this::waitedTooLong);
        deadline.in(cache.settings().collapse().deadline());
    }

    private void waitedTooLong() {
        Flight flight = awaited;
        if (flight != null && flight.leave(this)) {
            alone();
        }
    }

    private void waiterGone() {
        Flight flight = awaited;
        if (flight != null && flight.leave(this)) {
            fail(new ClientGoneException());
        }
    }

    private void stopWaiting() {
        awaited = null;
        query.asker().removeOnAbort(gone);
        if (deadline != null) {
            deadline.close();
            deadline = null;
        }
    }

    /** Sends the request on as it is; the answer is not stored, and what it makes invalid is forgotten. */
    private void forward(ForwardReason reason) {
        ask(reason, query.fields(), request.rule().name());
    }

    /** Asks for the response itself, after the origin did not know what is stored. */
    void forwardUnconditionally(ForwardReason reason) {
        ask(
                reason,
                ValidationRules.unconditional(query.fields()),
                request.rule().name());
    }

    private void ask(ForwardReason reason, Fields fields, String detail) {
        Fetch fetch = new Fetch(query.loop());
        Runnable abort = fetch::abort;
        query.asker().onAbort(abort);
        query.origin().ask(fetch, fields, query.body(), new Origin.Answer() {
            @Override
            public void responded(ResponseHead head, @Nullable Body body) {
                cache.invalidate(query, head);
                pass(fetch, head, body, CacheStatus.forwarded(reason, head.status(), request.key(), detail));
            }

            @Override
            public void failed(Exception cause) {
                fail(cause);
                fetch.end();
            }
        });
    }

    /** Answers with the origin's response as it came. */
    void pass(Fetch fetch, ResponseHead head, @Nullable Body body, CacheStatus status) {
        Fields fields = Fields.builder()
                .addAll(head.fields())
                .add(FieldName.CACHE_STATUS, status.text())
                .build();
        query.asker().onEnd(fetch::end);
        answer(new ResponseHead(head.version(), head.status(), head.reason(), fields), body, status);
    }

    boolean isSelected(StoredHead head) {
        return head.selection().matches(query.fields());
    }

    void serveIfSelected(StoredResponse response, CacheStatus status) {
        if (isSelected(response.head())) {
            serve(response, status);
        } else {
            again();
        }
    }

    /** Answers with a stored response, or starts over if its content has been given up meanwhile; says whether it did. */
    boolean serve(StoredResponse response, CacheStatus status) {
        Presentation presentation = Presentation.of(request, response.head(), status, cache.now());
        Body body = null;
        if (!presentation.parts().isEmpty()) {
            // What came after the whole content need not be true of a part.
            Fields trailers = presentation.status() == 206
                    ? Fields.EMPTY
                    : response.head().trailers();
            body = StoredBody.of(response.content(), presentation, trailers, query.loop());
            if (body == null) {
                again();
                return false;
            }
        }
        answer(response.head(), presentation, body, status);
        return true;
    }

    /** Answers with a response that is just coming. */
    void serve(StoredHead head, @Nullable Body body, CacheStatus status) {
        Presentation presentation = Presentation.of(request, head, status, cache.now());
        if (presentation.parts().isEmpty() && body != null) {
            body.discard();
        }
        answer(head, presentation, presentation.parts().isEmpty() ? null : body, status);
    }

    private void answer(StoredHead head, Presentation presentation, @Nullable Body body, CacheStatus status) {
        if (body instanceof StreamBody) {
            query.asker().onEnd(body::discard);
        }
        answer(
                new ResponseHead(head.version(), presentation.status(), presentation.reason(), presentation.fields()),
                body,
                status);
    }

    private void answer(ResponseHead head, @Nullable Body body, CacheStatus status) {
        if (answered) {
            if (body != null) {
                body.discard();
            }
            return;
        }
        stopWaiting();
        answered = true;
        query.asker().answered(head, body, status);
    }

    /** Its client has gone, while others still want what it asked for. */
    void gone() {
        fail(new ClientGoneException());
    }

    void fail(Exception cause) {
        if (!answered) {
            stopWaiting();
            answered = true;
            query.asker().failed(cause);
        }
    }
}
