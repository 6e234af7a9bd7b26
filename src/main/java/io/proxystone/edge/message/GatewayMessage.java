package io.proxystone.edge.message;

import io.proxystone.http.FieldName;
import io.proxystone.http.Fields;
import io.proxystone.http.ResponseHead;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultMessage;
import org.apache.camel.trait.message.MessageTrait;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP message as a Camel message. It is a request as the listener read it until a step such as {@code upstream:}
 * replaces it by a response; nothing of it is copied or converted before somebody asks.
 */
public final class GatewayMessage extends DefaultMessage {
    private final @Nullable InboundRequest request;
    private final GatewayHeaders headers;

    private GatewayMessage(CamelContext context, @Nullable InboundRequest request, GatewayHeaders headers) {
        super(context);
        this.request = request;
        this.headers = headers;
    }

    /** The message a flow starts with. */
    public static GatewayMessage ofRequest(CamelContext context, InboundRequest request) {
        GatewayHeaders headers = new GatewayHeaders(request.head().fields(), new ComputedHeaders(request, null));
        GatewayMessage message = new GatewayMessage(context, request, headers);
        message.setBody(request.body());
        return message;
    }

    /**
     * A response that came from somewhere else.
     *
     * @param request what the listener is answering, or null if the exchange did not come from a listener
     */
    public static GatewayMessage ofResponse(
            CamelContext context, @Nullable InboundRequest request, ResponseHead response, @Nullable Body body) {
        GatewayHeaders headers = new GatewayHeaders(response.fields(), new ComputedHeaders(request, response));
        GatewayMessage message = new GatewayMessage(context, request, headers);
        message.setBody(body);
        return message;
    }

    /**
     * A message as the HTTP message it is: itself if a step such as {@code setBody} did not put one of its own in its place,
     * or a view of one whose headers still are those of a {@link GatewayMessage}. Any other message stays as it is.
     */
    public static Message of(Message message) {
        if (message instanceof GatewayMessage
                || !(message.getHeaders() instanceof GatewayHeaders headers)
                || headers.request() == null) {
            return message;
        }
        CamelContext context = message.getExchange().getContext();
        GatewayMessage view = new GatewayMessage(context, headers.request(), headers);
        view.setExchange(message.getExchange());
        view.setBody(message.getBody());
        return view;
    }

    /** What the listener is answering, or null if the exchange did not come from a listener. */
    public @Nullable InboundRequest request() {
        return request;
    }

    /** The head of the response this message is, or null while it is a request. */
    public @Nullable ResponseHead response() {
        return headers.response();
    }

    /** The fields the message came with; empty if a step cleared the headers. */
    public Fields inheritedFields() {
        return headers.inherited();
    }

    /** Whether no step set or removed a header. */
    public boolean hasOriginalHeaders() {
        return headers.isUnchanged();
    }

    /** Whether a line of the inherited fields still counts: no step has set or removed its name. */
    public boolean isInherited(int line) {
        return headers.isUnchanged() || !headers.isChanged(inheritedFields().name(line));
    }

    /** The headers steps set, fields and others, by name without regard to case. */
    public Map<String, Object> headersSet() {
        return headers.allSet();
    }

    /** The header a step set, or null; never one the message came with. */
    public @Nullable Object headerSet(String name) {
        return headers.set(name);
    }

    /** The header a step set on any message, or null; of another component's message, any header. */
    static @Nullable Object headerSet(Message message, String name) {
        return message instanceof GatewayMessage gateway ? gateway.headerSet(name) : message.getHeader(name);
    }

    /** Whether steps may see and set a name as an HTTP field; all others are Camel's own and never leave the process. */
    public static boolean isFieldName(String name) {
        return GatewayHeaders.isFieldName(name);
    }

    /** The charset the Content-Type names, or null. */
    @Nullable
    String charset() {
        String type = getHeader(FieldName.CONTENT_TYPE.text(), String.class);
        return type == null ? null : ComputedHeaders.charsetOf(type);
    }

    @Override
    protected Map<String, Object> createHeaders() {
        return headers;
    }

    @Override
    protected boolean isPopulateHeadersSupported() {
        return true;
    }

    @Override
    public void setHeaders(Map<String, Object> newHeaders) {
        if (newHeaders instanceof GatewayHeaders other) {
            headers.become(other);
        } else {
            headers.clear();
            headers.putAll(newHeaders);
        }
    }

    @Override
    public DefaultMessage newInstance() {
        GatewayHeaders empty = new GatewayHeaders(Fields.EMPTY, new ComputedHeaders(request, null));
        return new GatewayMessage(getCamelContext(), request, empty);
    }

    @Override
    public void copyFromWithNewBody(Message that, @Nullable Object newBody) {
        if (!(that instanceof GatewayMessage other) || other == this) {
            super.copyFromWithNewBody(that, newBody);
            return;
        }
        if (getExchange() == null) {
            setExchange(that.getExchange());
        }
        if (that.hasMessageId()) {
            setMessageId(that.getMessageId());
        }
        setBody(newBody);
        headers.become(other.headers);
        if (that.hasTrait(MessageTrait.ATTACHMENTS)) {
            setPayloadForTrait(MessageTrait.ATTACHMENTS, that.getPayloadForTrait(MessageTrait.ATTACHMENTS));
        }
    }
}
