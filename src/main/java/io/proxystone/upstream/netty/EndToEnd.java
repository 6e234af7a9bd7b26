package io.proxystone.upstream.netty;

import io.proxystone.http.Connections;
import io.proxystone.http.FieldName;
import io.proxystone.http.Fields;
import io.proxystone.http.ResponseHead;
import java.util.List;

/** Takes off a response what was meant for the connection it came on only (RFC 9110 §7.6.1). */
final class EndToEnd {
    private EndToEnd() {}

    static ResponseHead head(ResponseHead head) {
        Fields fields = fields(head.fields());
        return fields == head.fields() ? head : new ResponseHead(head.version(), head.status(), head.reason(), fields);
    }

    /** The fields without Connection and the fields it names; the same object if it names none. */
    static Fields fields(Fields fields) {
        List<String> listed = Connections.listedNames(fields);
        if (listed.isEmpty()) {
            return fields;
        }
        Fields.Builder kept = Fields.builder();
        for (int line = 0; line < fields.size(); line++) {
            FieldName name = fields.known(line);
            if ((name == null || !Connections.isHopByHop(name)) && !isNamed(fields, line, listed)) {
                kept.add(fields.name(line), fields.value(line));
            }
        }
        return kept.build();
    }

    private static boolean isNamed(Fields fields, int line, List<String> names) {
        for (String name : names) {
            if (fields.isNamed(line, name)) {
                return true;
            }
        }
        return false;
    }
}
