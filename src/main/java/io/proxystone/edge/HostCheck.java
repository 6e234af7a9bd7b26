package io.proxystone.edge;

import io.proxystone.http.Authority;
import io.proxystone.http.FieldName;
import io.proxystone.http.Fields;
import io.proxystone.http.HttpVersion;
import io.proxystone.http.RequestHead;
import io.proxystone.http.http1.MessageSyntaxException;
import io.proxystone.http.http1.Violation;

/** Finds out which host a request is for, and refuses what RFC 9112 §3.2 has a server refuse. */
final class HostCheck {
    private HostCheck() {}

    /** The authority of the target, else the value of the Host field; empty for an HTTP/1.0 request that has neither. */
    static String authority(RequestHead head) throws MessageSyntaxException {
        Fields fields = head.fields();
        int host = fields.indexOf(FieldName.HOST, 0);
        if (host < 0) {
            if (head.version() == HttpVersion.HTTP_1_1) {
                throw new MessageSyntaxException(Violation.HOST_MISSING);
            }
        } else {
            if (fields.indexOf(FieldName.HOST, host + 1) >= 0) {
                throw new MessageSyntaxException(Violation.HOST_REPEATED);
            }
            if (Authority.parse(fields.value(host)) == null) {
                throw new MessageSyntaxException(Violation.HOST_MALFORMED);
            }
        }
        String absolute = head.target().authority();
        if (absolute != null) {
            if (Authority.parse(absolute) == null) {
                throw new MessageSyntaxException(Violation.TARGET);
            }
            return absolute;
        }
        return host < 0 ? "" : fields.value(host);
    }

    /** The host of an authority in lower case without port, as flows are found by it. */
    static String hostOf(String authority) {
        Authority parsed = authority.isEmpty() ? null : Authority.parse(authority);
        return parsed == null ? "" : parsed.host();
    }
}
