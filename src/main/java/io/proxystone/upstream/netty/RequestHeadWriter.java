package io.proxystone.upstream.netty;

import io.proxystone.edge.message.Client;
import io.proxystone.edge.message.InboundRequest;
import io.proxystone.http.Connections;
import io.proxystone.http.FieldName;
import io.proxystone.http.FieldSink;
import io.proxystone.http.FieldValue;
import io.proxystone.http.Fields;
import io.proxystone.http.HeadWriter;
import io.proxystone.http.HttpVersion;
import io.proxystone.http.Method;
import io.proxystone.http.http1.Framing;
import io.proxystone.upstream.HostPolicy;
import io.proxystone.upstream.Target;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the head of a request as a gateway forwards it (RFC 9110 §7.6): without what was meant for the last hop, with Via,
 * Forwarded, X-Forwarded-* and trace context. What a step set itself is sent as the step set it.
 */
final class RequestHeadWriter implements FieldSink {
    private static final String VIA = "1.1 proxy-stone";
    private static final String VIA_1_0 = "1.0 proxy-stone";

    private final HeadWriter out;
    private final Target target;
    private final HostPolicy hostPolicy;
    private final UpstreamRequest request;
    private final List<String> connectionNames;
    /** The known names steps set themselves. */
    private final EnumSet<FieldName> own = EnumSet.noneOf(FieldName.class);

    private boolean trailersWanted;
    private boolean expectationKept;

    private RequestHeadWriter(HeadWriter out, Target target, HostPolicy hostPolicy, UpstreamRequest request) {
        this.out = out;
        this.target = target;
        this.hostPolicy = hostPolicy;
        this.request = request;
        InboundRequest inbound = request.inbound();
        this.connectionNames = inbound == null
                ? List.of()
                : Connections.listedNames(inbound.head().fields());
    }

    /**
     * Writes a request head.
     *
     * @param expectContinue whether the content waits for the origin's 100 (Continue)
     */
    static void write(
            HeadWriter out,
            Target target,
            HostPolicy hostPolicy,
            UpstreamRequest request,
            Framing framing,
            boolean expectContinue) {
        new RequestHeadWriter(out, target, hostPolicy, request).write(framing, expectContinue);
    }

    private void write(Framing framing, boolean expectContinue) {
        expectationKept = expectContinue;
        out.text(request.method()).octet(' ').text(target.basePath()).text(request.target());
        out.text(" HTTP/1.1").endLine();
        // By its name, so that nothing in what a step set can start another line.
        out.field(FieldName.HOST.text(), host());
        request.fields().sendTo(this);
        writeFraming(framing);
        writeForwarding();
        if (trailersWanted) {
            out.field(FieldName.TE, "trailers").field(FieldName.CONNECTION, "TE");
        }
        out.endLine();
    }

    private String host() {
        if (request.host() != null) {
            return request.host();
        }
        InboundRequest inbound = request.inbound();
        boolean preserve = hostPolicy == HostPolicy.PRESERVE
                && inbound != null
                && !inbound.authority().isEmpty();
        return preserve && inbound != null ? inbound.authority() : target.authority();
    }

    private void writeFraming(Framing framing) {
        switch (framing.kind()) {
            case LENGTH -> out.field(FieldName.CONTENT_LENGTH, framing.length());
            case CHUNKED -> out.field(FieldName.TRANSFER_ENCODING, "chunked");
            case NONE, UNTIL_CLOSE -> {
                // A method that usually has content says when it has none (RFC 9110 §8.6).
                if (request.method().equals(Method.POST)
                        || request.method().equals(Method.PUT)
                        || request.method().equals(Method.PATCH)) {
                    out.field(FieldName.CONTENT_LENGTH, 0);
                }
            }
        }
    }

    private void writeForwarding() {
        InboundRequest inbound = request.inbound();
        boolean old = inbound != null && inbound.head().version() == HttpVersion.HTTP_1_0;
        out.field(FieldName.VIA, old ? VIA_1_0 : VIA);
        if (inbound == null) {
            return;
        }
        writeClient(inbound, inbound.client());
        if (!isOwn(FieldName.X_REQUEST_ID)) {
            out.field(FieldName.X_REQUEST_ID, inbound.requestId());
        }
        String trace = inbound.traceParent();
        if (trace != null && !isOwn(FieldName.TRACEPARENT)) {
            out.field(FieldName.TRACEPARENT, trace);
        }
    }

    /** RFC 7239, and the X-Forwarded fields that came before it. Only a trusted peer's own claims are continued. */
    private void writeClient(InboundRequest inbound, Client client) {
        String host = inbound.authority();
        String node = client.node();
        forward(FieldName.X_FORWARDED_FOR, client, client.text(), true);
        forward(FieldName.X_FORWARDED_PROTO, client, client.scheme(), false);
        if (!host.isEmpty()) {
            forward(FieldName.X_FORWARDED_HOST, client, host, false);
        }
        forward(FieldName.X_FORWARDED_PORT, client, Integer.toString(client.localPort()), false);
        if (!isOwn(FieldName.FORWARDED)) {
            out.startField(FieldName.FORWARDED);
            continueList(FieldName.FORWARDED, client);
            out.text("for=").text(node);
            if (!host.isEmpty()) {
                out.text(";host=\"").text(host).octet('"');
            }
            out.text(";proto=").text(client.scheme()).endLine();
        }
    }

    private void forward(FieldName name, Client client, String value, boolean list) {
        if (isOwn(name)) {
            return;
        }
        String claimed = client.trusted() ? claimed(name) : null;
        if (claimed == null) {
            out.field(name, value);
        } else {
            out.field(name, list ? claimed + ", " + value : claimed);
        }
    }

    private void continueList(FieldName name, Client client) {
        String claimed = client.trusted() ? claimed(name) : null;
        if (claimed != null) {
            out.text(claimed).text(", ");
        }
    }

    private @Nullable String claimed(FieldName name) {
        InboundRequest inbound = request.inbound();
        List<String> values =
                inbound == null ? List.of() : inbound.head().fields().all(name);
        return values.isEmpty() ? null : String.join(", ", values);
    }

    @Override
    public void line(Fields fields, int line) {
        FieldName name = fields.known(line);
        if (name == FieldName.TE) {
            trailersWanted |= FieldValue.listContains(fields.value(line), "trailers");
        } else if (connectionNames.isEmpty() || !isConnectionName(fields, line)) {
            if (name == null) {
                fields.write(line, out);
            } else {
                lineOf(name, fields, line);
            }
        }
    }

    private void lineOf(FieldName name, Fields fields, int line) {
        switch (name) {
            case HOST,
                    CONNECTION,
                    KEEP_ALIVE,
                    PROXY_CONNECTION,
                    PROXY_AUTHORIZATION,
                    TRANSFER_ENCODING,
                    UPGRADE,
                    CONTENT_LENGTH,
                    FORWARDED,
                    X_FORWARDED_FOR,
                    X_FORWARDED_HOST,
                    X_FORWARDED_PORT,
                    X_FORWARDED_PROTO,
                    X_REQUEST_ID,
                    TRACEPARENT -> {
                // Written anew, or not for the next hop.
            }
            case TRACESTATE -> {
                InboundRequest inbound = request.inbound();
                if (inbound == null || isContinuedTrace(inbound)) {
                    fields.write(line, out);
                }
            }
            case EXPECT -> {
                if (expectationKept) {
                    fields.write(line, out);
                }
            }
            case MAX_FORWARDS -> writeMaxForwards(fields.value(line));
            default -> fields.write(line, out);
        }
    }

    private static boolean isContinuedTrace(InboundRequest inbound) {
        String given = inbound.head().fields().first(FieldName.TRACEPARENT);
        return given != null && given.equals(inbound.traceParent());
    }

    /** One hop less is left for OPTIONS (RFC 9110 §7.6.2). */
    private void writeMaxForwards(String value) {
        boolean number =
                !value.isEmpty() && value.length() < 10 && value.chars().allMatch(c -> c >= '0' && c <= '9');
        if (number && request.method().equals(Method.OPTIONS)) {
            out.field(FieldName.MAX_FORWARDS, Math.max(0, Long.parseLong(value) - 1));
        } else {
            out.field(FieldName.MAX_FORWARDS, value);
        }
    }

    private boolean isConnectionName(Fields fields, int line) {
        for (String name : connectionNames) {
            if (fields.isNamed(line, name)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void field(String name, String value) {
        FieldName known = FieldName.find(name);
        if (known != null) {
            if (isWrittenHere(known)) {
                return;
            }
            own.add(known);
        }
        out.field(name, value);
    }

    private static boolean isWrittenHere(FieldName name) {
        return Connections.isHopByHop(name)
                || name == FieldName.CONTENT_LENGTH
                || name == FieldName.HOST
                || name == FieldName.EXPECT;
    }

    private boolean isOwn(FieldName name) {
        return own.contains(name);
    }
}
