package io.proxystone.edge;

import io.netty.buffer.ByteBuf;
import io.proxystone.edge.loop.Loop;
import io.proxystone.edge.message.Actions;
import io.proxystone.edge.message.Body;
import io.proxystone.edge.message.BufferedBody;
import io.proxystone.edge.message.Client;
import io.proxystone.edge.message.ClientGoneException;
import io.proxystone.edge.message.InboundRequest;
import io.proxystone.edge.message.PathMatch;
import io.proxystone.edge.message.RequestFailedException;
import io.proxystone.http.FieldName;
import io.proxystone.http.FieldSource;
import io.proxystone.http.Fields;
import io.proxystone.http.HttpVersion;
import io.proxystone.http.Problem;
import io.proxystone.http.ProblemType;
import io.proxystone.http.RequestHead;
import io.proxystone.http.RequestTarget;
import io.proxystone.http.StatusCode;
import io.proxystone.http.http1.Framing;
import io.proxystone.http.http1.MessageSyntaxException;
import io.proxystone.traffic.CacheOutcome;
import io.proxystone.traffic.Outcome;
import io.proxystone.traffic.RequestRecord;
import org.jspecify.annotations.Nullable;

/** One request and its answer. It lives on the loop of its connection; every method is called there. */
public final class ServerExchange implements InboundRequest {
    private final ServerConnection connection;
    private final RequestHead head;
    private final long epochMillis = System.currentTimeMillis();
    private final long startNanos = System.nanoTime();

    private String authority = "";
    private @Nullable FlowHandler handler;
    private PathMatch match = PathMatch.ROOT;
    private @Nullable RequestContent content;
    private @Nullable String requestId;
    private @Nullable String traceParent;
    private final Actions abortActions = new Actions();
    private final Actions endActions = new Actions();
    private @Nullable ResponseWriter response;
    private int status;
    private @Nullable ProblemType problem;
    private @Nullable String upstream;
    private long upstreamNanos;
    private @Nullable CacheOutcome cache;
    private boolean flowStarted;
    private boolean clientGone;
    private boolean ended;

    ServerExchange(ServerConnection connection, RequestHead head) {
        this.connection = connection;
        this.head = head;
    }

    /** Finds the flow and hands the request to it, or answers what no flow can. */
    void begin() throws MessageSyntaxException, RequestFailedException {
        authority = HostCheck.authority(head);
        RequestIdentity identity =
                RequestIdentity.of(head.fields(), connection.settings().trace(), loop().random());
        requestId = identity.requestId();
        traceParent = identity.traceParent();
        Framing framing = Framing.of(head);
        Routing routing = connection
                .router()
                .find(HostCheck.hostOf(authority), head.target().path(), head.method());
        Routing.Found found = routing.found();
        FlowOptions options =
                found == null ? FlowOptions.DEFAULT : found.handler().options();
        if (!framing.isEmpty()) {
            content = new RequestContent(
                    connection, loop(), framing, options, connection.settings().bodyBuffer(), expectsContinue());
        }
        if (OwnAnswers.answer(this, routing) || found == null) {
            return;
        }
        found.handler().claimed();
        handler = found.handler();
        match = found.match();
        if (content != null) {
            content.checkAnnouncedSize();
            if (content.isBuffering() && !content.isComplete()) {
                content.sendContinue();
                return;
            }
        }
        startFlow(found.handler());
    }

    private void startFlow(FlowHandler flow) {
        flowStarted = true;
        flow.handle(this);
    }

    private boolean expectsContinue() {
        return head.version() == HttpVersion.HTTP_1_1 && head.fields().contains(FieldName.EXPECT);
    }

    /** Takes content from the front of what has arrived; the flow that waited for it starts when it is complete. */
    void readContent(ByteBuf in) throws MessageSyntaxException, RequestFailedException {
        RequestContent incoming = content;
        if (incoming == null) {
            return;
        }
        incoming.read(in);
        if (incoming.isBuffering() && incoming.isComplete() && response == null && handler != null) {
            startFlow(handler);
        }
    }

    void flushContent() {
        if (content != null) {
            content.flush();
        }
    }

    boolean isContentComplete() {
        return content == null || content.isComplete();
    }

    /** Fails a request that turned out wrong after its head: by an answer if none has started, else through its body. */
    void fail(RequestFailedException cause) {
        connection.closeAfterResponse();
        if (content != null) {
            content.fail(cause);
        }
        if (!flowStarted && response == null) {
            respondProblem(cause.problemType(), cause.publicDetail(), Fields.EMPTY);
        }
    }

    /** Has the connection end with this answer, whatever the client sends after the request. */
    void makeLast() {
        connection.closeAfterResponse();
    }

    /** The client has gone: what only it wanted stops. */
    void abort() {
        if (ended || clientGone) {
            return;
        }
        clientGone = true;
        if (content != null) {
            content.fail(new ClientGoneException());
        }
        abortActions.run();
        if (response != null) {
            response.abandon();
        } else if (!flowStarted) {
            finish(false);
        }
    }

    /** Whether the client went away before its answer. */
    public boolean isClientGone() {
        return clientGone;
    }

    /** Whether an answer has started, so that no other one can. */
    public boolean isCommitted() {
        return response != null || ended;
    }

    /** Sends the final response, once. */
    public void respond(int statusCode, String reason, FieldSource fields, @Nullable Body body) {
        if (isCommitted()) {
            throw new IllegalStateException("The request has been answered");
        }
        status = statusCode;
        if (clientGone) {
            if (body != null) {
                body.discard();
            }
            finish(false);
            return;
        }
        ResponseWriter writer = new ResponseWriter(
                connection.channel(), loop(), head, connection.mayKeepAlive(head, content), this::finish);
        response = writer;
        connection.responseStarted();
        try {
            writer.write(statusCode, reason, fields, body);
        } catch (RuntimeException e) {
            // Nothing has been sent: the head could not be made of what a step set.
            response = null;
            throw e;
        }
        if (!ended) {
            connection.responseWaits();
        }
    }

    /** Answers with a problem document (RFC 9457). */
    public void respondProblem(ProblemType type, String detail, FieldSource more) {
        problem = type;
        Problem document = new Problem(type, detail, handler == null ? null : handler.flow(), requestId);
        FieldSource fields = sink -> {
            sink.field(FieldName.CONTENT_TYPE.text(), Problem.MEDIA_TYPE);
            sink.field(FieldName.CACHE_CONTROL.text(), "no-store");
            more.sendTo(sink);
        };
        respond(type.status(), StatusCode.reason(type.status()), fields, new BufferedBody(document.toJson()));
    }

    @Override
    public void onEnd(Runnable action) {
        if (ended) {
            action.run();
        } else {
            endActions.add(action);
        }
    }

    @Nullable
    ResponseWriter response() {
        return response;
    }

    private void finish(boolean complete) {
        if (ended) {
            return;
        }
        ended = true;
        abortActions.clear();
        connection.observe(record(complete));
        endActions.run();
        endActions.clear();
        if (handler != null) {
            handler.released();
        }
        boolean keepAlive = complete && response != null && response.keepsAlive();
        boolean readable = content == null || content.discardRest();
        connection.exchangeEnded(keepAlive && readable, complete);
    }

    private RequestRecord record(boolean complete) {
        Outcome outcome = complete ? Outcome.COMPLETE : clientGone ? Outcome.CLIENT_GONE : Outcome.CUT_SHORT;
        Fields fields = head.fields();
        Client client = client();
        return new RequestRecord(
                epochMillis,
                System.nanoTime() - startNanos,
                requestId,
                handler == null ? null : handler.flow(),
                client.trusted() ? connection.proxies().clientOf(client.text(), fields) : client.text(),
                head.method(),
                authority,
                target(),
                head.version().text(),
                fields.first(FieldName.USER_AGENT),
                fields.first(FieldName.REFERER),
                status,
                content == null ? 0 : content.received(),
                response == null ? 0 : response.contentSent(),
                upstream,
                upstreamNanos,
                cache,
                outcome,
                problem);
    }

    private String target() {
        RequestTarget target = head.target();
        return target.rawQuery() == null ? target.rawPath() : target.rawPath() + "?" + target.rawQuery();
    }

    @Override
    public RequestHead head() {
        return head;
    }

    @Override
    public @Nullable Body body() {
        return content == null ? null : content.body();
    }

    @Override
    public Client client() {
        return connection.client();
    }

    @Override
    public String authority() {
        return authority;
    }

    @Override
    public PathMatch match() {
        return match;
    }

    @Override
    public String forwardPath() {
        if (handler == null || !handler.options().stripPrefix()) {
            return head.target().rawPath();
        }
        String rest = match.rest(head.target());
        return rest.startsWith("/") ? rest : "/" + rest;
    }

    @Override
    public String requestId() {
        return requestId == null ? "" : requestId;
    }

    @Override
    public @Nullable String traceParent() {
        return traceParent;
    }

    @Override
    public Loop loop() {
        return connection.loop();
    }

    @Override
    public void respondInterim(int statusCode, Fields fields) {
        if (!isCommitted() && !clientGone && head.version() == HttpVersion.HTTP_1_1) {
            connection.writeInterim(statusCode, fields);
        }
    }

    @Override
    public void onAbort(Runnable action) {
        if (clientGone) {
            action.run();
        } else {
            abortActions.add(action);
        }
    }

    @Override
    public void removeOnAbort(Runnable action) {
        abortActions.remove(action);
    }

    @Override
    public void upstreamAnswered(String name, long nanos) {
        upstream = name;
        upstreamNanos = nanos;
    }

    @Override
    public void cacheAnswered(CacheOutcome did) {
        cache = did;
    }
}
