package io.proxystone.http;

/** Writes one member of a List: a token or a string, and its parameters, as in Cache-Status (RFC 9651 §4.1, RFC 9211 §2). */
public final class StructuredWriter {
    private static final long MAX_INTEGER = 999_999_999_999_999L;

    private final StringBuilder text = new StringBuilder();

    private StructuredWriter() {}

    /** Starts with a name as a token if it can be one, otherwise as a string. */
    public static StructuredWriter named(String name) {
        return isToken(name) ? token(name) : string(name);
    }

    /** @throws IllegalArgumentException if the text is no token of structured fields */
    public static StructuredWriter token(String token) {
        return new StructuredWriter().appendToken(token);
    }

    /** Starts with a string; a character it cannot hold becomes a question mark. */
    public static StructuredWriter string(String string) {
        return new StructuredWriter().appendString(string);
    }

    /** Adds a parameter that is true. */
    public StructuredWriter parameter(String key) {
        return appendKey(key);
    }

    public StructuredWriter parameter(String key, boolean value) {
        appendKey(key);
        text.append(value ? "" : "=?0");
        return this;
    }

    /** @throws IllegalArgumentException if the number has more than 15 digits */
    public StructuredWriter parameter(String key, long value) {
        if (value < -MAX_INTEGER || value > MAX_INTEGER) {
            throw new IllegalArgumentException("Not an Integer of structured fields: " + value);
        }
        appendKey(key).text.append('=').append(value);
        return this;
    }

    /** Adds a string; a character it cannot hold becomes a question mark. */
    public StructuredWriter parameter(String key, String value) {
        appendKey(key).text.append('=');
        return appendString(value);
    }

    /** @throws IllegalArgumentException if the value is no token of structured fields */
    public StructuredWriter tokenParameter(String key, String value) {
        appendKey(key).text.append('=');
        return appendToken(value);
    }

    /** What was written so far. */
    public String text() {
        return text.toString();
    }

    private StructuredWriter appendKey(String key) {
        if (!isKey(key)) {
            throw new IllegalArgumentException("Not a key of structured fields: " + key);
        }
        text.append(';').append(key);
        return this;
    }

    private StructuredWriter appendToken(String token) {
        if (!isToken(token)) {
            throw new IllegalArgumentException("Not a token of structured fields: " + token);
        }
        text.append(token);
        return this;
    }

    private StructuredWriter appendString(String string) {
        text.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (!Character.isLowSurrogate(c)) {
                // One question mark for a character of two units.
                text.append(StructuredInput.isStringPart(c) ? c : '?');
            }
        }
        text.append('"');
        return this;
    }

    private static boolean isToken(String text) {
        if (text.isEmpty() || !StructuredInput.isTokenStart(text.charAt(0))) {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            if (!StructuredInput.isTokenPart(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isKey(String text) {
        if (text.isEmpty() || !StructuredInput.isKeyStart(text.charAt(0))) {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            if (!StructuredInput.isKeyPart(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
