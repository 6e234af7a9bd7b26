package io.proxystone.edge;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.proxystone.edge.loop.Loop;
import io.proxystone.edge.message.Client;
import io.proxystone.edge.message.RequestFailedException;
import io.proxystone.http.Fields;
import io.proxystone.http.ProblemType;
import io.proxystone.http.RequestHead;
import io.proxystone.http.TrustedProxies;
import io.proxystone.http.http1.MessageSyntaxException;
import io.proxystone.traffic.RequestRecord;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's HTTP/1.1 connection: reads requests one at a time in their order, gives each to its flow and writes the answer
 * before it looks at the next (RFC 9112 §9).
 */
final class ServerConnection extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(ServerConnection.class);
    private static final int MAX_BACKLOG = 64 * 1024;

    private enum State {
        /** Between requests, or inside a head. */
        HEAD,
        /** A request is being answered. */
        EXCHANGE,
        /** The answer is complete and the rest of its request is being thrown away. */
        DISCARD,
        /** The last answer has been sent; what the client still sends is thrown away until it closes. */
        LINGER,
        CLOSED
    }

    private final Listener listener;
    private final ListenerSettings settings;
    private final TrustedProxies proxies;
    private final Channel channel;
    private final Loop loop;
    private final Client client;
    private final RequestReader requests;
    private final InputTimeout inputTimeout;
    private final SendTimeout sendTimeout;
    private final ConnectionEnd end;

    private State state = State.HEAD;
    private @Nullable ServerExchange exchange;
    private @Nullable ByteBuf backlog;
    private boolean processing;
    /** No request follows the one that is being answered, and nothing the client still sends can be trusted. */
    private boolean closing;

    private long sentBefore;

    ServerConnection(Listener listener, Channel channel, Loop loop) {
        this.listener = listener;
        this.settings = listener.settings();
        this.proxies = settings.proxies();
        this.channel = channel;
        this.loop = loop;
        this.client = Client.of(
                (InetSocketAddress) channel.remoteAddress(),
                proxies,
                listener.scheme(),
                ((InetSocketAddress) channel.localAddress()).getPort());
        this.requests = new RequestReader(loop, settings.limits());
        this.inputTimeout = new InputTimeout(loop, settings.timeouts(), this::timedOut);
        this.end = new ConnectionEnd(channel);
        this.sendTimeout = new SendTimeout(channel, loop, settings.timeouts().send());
    }

    ListenerSettings settings() {
        return settings;
    }

    TrustedProxies proxies() {
        return proxies;
    }

    Router router() {
        return listener.router();
    }

    Channel channel() {
        return channel;
    }

    Loop loop() {
        return loop;
    }

    Client client() {
        return client;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        inputTimeout.awaitRequest(false);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        if (backlog != null) {
            in = backlog.writeBytes(in);
            ((ByteBuf) message).release();
            backlog = null;
        }
        process(in);
    }

    /** Works through what has arrived until it is used up or an answer must come first. */
    private void process(ByteBuf in) {
        processing = true;
        try {
            while (in.isReadable() && state != State.CLOSED && advance(in)) {
                // advance() says when to stop
            }
        } catch (MessageSyntaxException e) {
            refuse(e);
        } finally {
            processing = false;
            keepOrRelease(in);
        }
        watchInput();
    }

    private void keepOrRelease(ByteBuf in) {
        if (in.isReadable() && state == State.EXCHANGE && !closing) {
            backlog = channel.alloc().directBuffer(in.readableBytes()).writeBytes(in);
            if (backlog.readableBytes() > MAX_BACKLOG) {
                setReading(false);
            }
        }
        in.release();
    }

    private boolean advance(ByteBuf in) throws MessageSyntaxException {
        switch (state) {
            case HEAD -> {
                RequestHead head = requests.read(in);
                if (head == null) {
                    return false;
                }
                begin(head);
            }
            case EXCHANGE -> {
                if (closing) {
                    in.skipBytes(in.readableBytes());
                    return false;
                }
                ServerExchange current = exchange;
                if (current == null || current.isContentComplete()) {
                    return false;
                }
                readContent(current, in);
            }
            case DISCARD -> discard(in);
            case LINGER, CLOSED -> in.skipBytes(in.readableBytes());
        }
        return true;
    }

    private void begin(RequestHead head) throws MessageSyntaxException {
        ServerExchange started = new ServerExchange(this, head);
        listener.requestStarted();
        exchange = started;
        state = State.EXCHANGE;
        inputTimeout.clear();
        try {
            started.begin();
        } catch (RequestFailedException e) {
            started.fail(e);
        }
    }

    private void readContent(ServerExchange current, ByteBuf in) throws MessageSyntaxException {
        try {
            current.readContent(in);
        } catch (RequestFailedException e) {
            in.skipBytes(in.readableBytes());
            current.fail(e);
        }
    }

    private void discard(ByteBuf in) throws MessageSyntaxException {
        ServerExchange last = exchange;
        if (last != null) {
            readContent(last, in);
            if (closing) {
                linger();
            } else if (last.isContentComplete()) {
                awaitRequest();
            }
        }
    }

    /** Answers what breaks the rules of HTTP. After that nothing on the connection can be trusted to start a message. */
    private void refuse(MessageSyntaxException cause) {
        ProblemType type = ProblemType.ofStatus(cause.violation().status());
        ServerExchange current = exchange;
        if (current != null && state == State.EXCHANGE) {
            current.fail(new RequestFailedException(type, cause.violation().description()));
        } else if (state == State.HEAD) {
            refuse(type, cause.violation().description(), !requests.isHeadRequest());
        } else {
            close();
        }
    }

    /** Answers a request whose head could not be read. */
    private void refuse(ProblemType type, String detail, boolean withContent) {
        ByteBuf response = PlainResponses.problem(channel.alloc(), type, detail, withContent);
        listener.requestRefused(PlainResponses.record(client.text(), type));
        awaitClose();
        channel.writeAndFlush(response).addListener(written -> end.endOutput());
    }

    /** Sets the time the client has to go on, by what is awaited from it now. */
    private void watchInput() {
        switch (state) {
            case HEAD -> watchHead();
            case EXCHANGE -> {
                ServerExchange current = exchange;
                if (end.isInputEnded()) {
                    inputTimeout.awaitSignOfLife();
                } else if (current != null
                        && !closing
                        && !current.isContentComplete()
                        && channel.config().isAutoRead()) {
                    inputTimeout.awaitContent();
                } else {
                    inputTimeout.clear();
                }
            }
            default -> {
                // The deadline was set when the state began.
            }
        }
    }

    private void watchHead() {
        boolean begun = requests.hasBegun();
        if (end.isInputEnded()) {
            close();
        } else if (begun) {
            inputTimeout.awaitHead();
        } else if (!requests.isInside()) {
            inputTimeout.awaitRequest(listener.isDraining());
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (exchange != null) {
            exchange.flushContent();
        }
    }

    private void timedOut() {
        switch (state) {
            case HEAD -> {
                if (requests.isInside()) {
                    refuse(ProblemType.REQUEST_TIMEOUT, "The head of the request did not arrive in time", true);
                } else {
                    close();
                }
            }
            case EXCHANGE -> {
                ServerExchange current = exchange;
                if (current != null && end.isInputEnded()) {
                    abortUnlessTaken(current);
                } else if (current != null) {
                    current.fail(new RequestFailedException(
                            ProblemType.REQUEST_TIMEOUT, "The content of the request did not arrive in time"));
                }
            }
            case DISCARD, LINGER, CLOSED -> close();
        }
    }

    /** Gives up a client whose sending side is closed, unless it is there to take an answer that is on its way. */
    private void abortUnlessTaken(ServerExchange current) {
        ResponseWriter response = current.response();
        long sent = response == null ? 0 : response.contentSent();
        if (sent > sentBefore || sendTimeout.pending() > 0) {
            sentBefore = sent;
            inputTimeout.awaitSignOfLife();
        } else {
            current.abort();
        }
    }

    /** Whether the connection may stay open after an answer that starts now. */
    boolean mayKeepAlive(RequestHead head, @Nullable RequestContent content) {
        return !closing
                && !listener.isDraining()
                && head.keepsAlive()
                && (content == null || content.allowsKeepAlive());
    }

    /** Makes the request that is being answered the last one, and deaf to whatever else the client sends. */
    void closeAfterResponse() {
        closing = true;
    }

    void responseStarted() {
        sentBefore = 0;
    }

    /** An answer has been given of which perhaps not everything has left. */
    void responseWaits() {
        if (!channel.isWritable()) {
            sendTimeout.start();
        }
    }

    /** The answer has ended; {@code keepAlive} tells whether another request may follow. */
    void exchangeEnded(boolean keepAlive, boolean complete) {
        sendTimeout.clear();
        if (state == State.CLOSED) {
            return;
        }
        if (!complete) {
            end.cut(exchange == null ? null : exchange.response());
            return;
        }
        if (!keepAlive || closing) {
            linger();
            return;
        }
        ServerExchange last = exchange;
        if (last != null && !last.isContentComplete()) {
            state = State.DISCARD;
            inputTimeout.awaitContent();
            read(true);
            return;
        }
        awaitRequest();
        read(true);
        ByteBuf next = backlog;
        backlog = null;
        if (next != null) {
            process(next);
            if (exchange != null) {
                exchange.flushContent();
            }
        } else if (!processing) {
            watchInput();
        }
    }

    private void awaitRequest() {
        exchange = null;
        state = State.HEAD;
    }

    /** Lets content come, or wait in the client's and the kernel's buffers. */
    void setReading(boolean wanted) {
        read(wanted);
        if (!processing) {
            watchInput();
        }
    }

    private void read(boolean wanted) {
        if (channel.config().isAutoRead() != wanted) {
            channel.config().setAutoRead(wanted);
        }
    }

    void writeInterim(int status, Fields fields) {
        channel.writeAndFlush(PlainResponses.interim(loop, channel.alloc(), status, fields), channel.voidPromise());
    }

    void observe(RequestRecord request) {
        listener.requestEnded(request);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        ResponseWriter response = exchange == null ? null : exchange.response();
        if (response == null) {
            return;
        }
        if (channel.isWritable()) {
            sendTimeout.clear();
            response.resume();
        } else {
            sendTimeout.start();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            end.inputEnded();
            inputEnded();
        }
    }

    /** The client sends no more. Perhaps it only closed its sending side and still listens (RFC 9112 §9.6). */
    private void inputEnded() {
        ServerExchange current = exchange;
        if (state == State.EXCHANGE && current != null && (closing || current.isContentComplete())) {
            inputTimeout.awaitSignOfLife();
        } else if (state != State.LINGER || end.isOutputEnded()) {
            close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // The client reset the connection, or something failed on it that nobody thought of. Nothing more can be said
        // on it
        // either way.
        if (!(cause instanceof IOException)) {
            LOG.atError().setCause(cause).log("A connection failed");
        }
        close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        State last = state;
        state = State.CLOSED;
        inputTimeout.close();
        sendTimeout.close();
        if (backlog != null) {
            backlog.release();
            backlog = null;
        }
        if (last == State.EXCHANGE && exchange != null) {
            exchange.abort();
        }
        exchange = null;
    }

    /** Ends the connection after its last answer: the client gets to read it before the connection is gone (RFC 9112 §9.6). */
    private void linger() {
        awaitClose();
        end.endOutput();
    }

    private void awaitClose() {
        exchange = null;
        state = State.LINGER;
        inputTimeout.awaitClose();
        read(true);
    }

    void close() {
        channel.close();
    }

    /**
     * Has the connection end: after the answer it is at, or after one more request that may be on its way already, or when
     * none has come for a moment.
     */
    void drain() {
        if (state == State.HEAD && !requests.isInside()) {
            inputTimeout.awaitRequest(true);
        }
    }
}
