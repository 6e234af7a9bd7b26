package io.proxystone.edge;

import io.proxystone.http.FieldName;
import io.proxystone.http.Fields;
import io.proxystone.http.TraceParent;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What a request is known by: its id, and the trace it belongs to.
 *
 * @param requestId the client's X-Request-Id if it is one, else the trace id
 * @param traceParent the traceparent to go on with, or null if there is none and none is made
 */
record RequestIdentity(String requestId, @Nullable String traceParent) {
    private static final int MAX_LENGTH = 128;

    static RequestIdentity of(Fields fields, ListenerSettings.Trace settings, RandomGenerator random) {
        List<String> parents = fields.all(FieldName.TRACEPARENT);
        // More than one is as good as none: which of them the sender meant cannot be known.
        String parent = parents.size() == 1 ? parents.get(0) : null;
        boolean valid = TraceParent.isValid(parent);
        String trace = valid && parent != null ? parent : TraceParent.create(random, settings.sampled());
        String given = fields.first(FieldName.X_REQUEST_ID);
        return new RequestIdentity(
                given != null && isAcceptable(given) ? given : TraceParent.traceId(trace),
                valid || settings.create() ? trace : null);
    }

    /** Whether an id can stand in fields, documents and log lines as it is. */
    private static boolean isAcceptable(String id) {
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            boolean plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!plain && "-_.:/+=@".indexOf(c) < 0) {
                return false;
            }
        }
        return !id.isEmpty() && id.length() <= MAX_LENGTH;
    }
}
