package io.proxystone.http;

import java.util.ArrayList;
import java.util.List;

/** What the Connection field says (RFC 9110 §7.6.1, RFC 9112 §9). */
public final class Connections {
    private Connections() {}

    /** Whether a connection persists after a message of this version with these fields (RFC 9112 §9.3). */
    static boolean keepsAlive(HttpVersion version, Fields fields) {
        boolean keepAlive = version == HttpVersion.HTTP_1_1;
        for (int line = fields.indexOf(FieldName.CONNECTION, 0);
                line >= 0;
                line = fields.indexOf(FieldName.CONNECTION, line + 1)) {
            String options = fields.value(line);
            if (FieldValue.listContains(options, "close")) {
                return false;
            }
            keepAlive |= FieldValue.listContains(options, "keep-alive");
        }
        return keepAlive;
    }

    /** The names that Connection lists besides {@code close} and {@code keep-alive}: fields meant for one hop only. */
    public static List<String> listedNames(Fields fields) {
        List<String> names = List.of();
        for (int line = fields.indexOf(FieldName.CONNECTION, 0);
                line >= 0;
                line = fields.indexOf(FieldName.CONNECTION, line + 1)) {
            String options = fields.value(line);
            if (isPersistence(options)) {
                continue;
            }
            for (String option : options.split(",")) {
                String name = option.strip();
                if (!name.isEmpty() && !isPersistence(name)) {
                    names = names.isEmpty() ? new ArrayList<>() : names;
                    names.add(name);
                }
            }
        }
        return names;
    }

    private static boolean isPersistence(String option) {
        return option.equalsIgnoreCase("close") || option.equalsIgnoreCase("keep-alive");
    }

    /** Whether a field never leaves the connection it came on, listed or not (RFC 9110 §7.6.1). */
    public static boolean isHopByHop(FieldName name) {
        return switch (name) {
            case CONNECTION, KEEP_ALIVE, PROXY_CONNECTION, TE, TRANSFER_ENCODING, UPGRADE -> true;
            default -> false;
        };
    }
}
