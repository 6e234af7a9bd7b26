package io.proxystone.http;

/** The one thing the hot paths write in JSON without a library: the inside of a string (RFC 8259 §7). */
public final class Json {
    private static final String HEX = "0123456789abcdef";

    private Json() {}

    /** DEL and the C1 controls, which JSON allows. */
    private static boolean isControl(char c) {
        return c >= 0x7f && c <= 0x9f;
    }

    /** Appends a text with what JSON does not allow in a string escaped, and what terminals take for commands, too. */
    public static void escape(String text, StringBuilder json) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c >= ' ' && !isControl(c) && !Character.isSurrogate(c)) {
                json.append(c);
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                json.append(c).append(text.charAt(++i));
            } else {
                json.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    json.append(HEX.charAt(c >> shift & 15));
                }
            }
        }
    }
}
