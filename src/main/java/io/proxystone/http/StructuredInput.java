package io.proxystone.http;

/** What is left of a structured field while it is parsed, with the classes of its characters (RFC 9651 §4.2). */
final class StructuredInput {
    /** What {@link #peek} and {@link #next} give when nothing is left. */
    static final int END = -1;

    private final String text;
    private int position;

    StructuredInput(String text) {
        this.text = text;
    }

    boolean isAtEnd() {
        return position == text.length();
    }

    int peek() {
        return isAtEnd() ? END : text.charAt(position);
    }

    int next() {
        return isAtEnd() ? END : text.charAt(position++);
    }

    /** Whether a character came next; if so, it is taken. */
    boolean take(char expected) {
        boolean taken = peek() == expected;
        position += taken ? 1 : 0;
        return taken;
    }

    void skipSpaces() {
        while (peek() == ' ') {
            position++;
        }
    }

    void skipSpacesAndTabs() {
        while (peek() == ' ' || peek() == '\t') {
            position++;
        }
    }

    static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    static boolean isLower(int c) {
        return c >= 'a' && c <= 'z';
    }

    static boolean isKeyStart(int c) {
        return isLower(c) || c == '*';
    }

    static boolean isKeyPart(int c) {
        return isLower(c) || isDigit(c) || c == '_' || c == '-' || c == '.' || c == '*';
    }

    static boolean isTokenStart(int c) {
        return isLower(c) || (c >= 'A' && c <= 'Z') || c == '*';
    }

    static boolean isTokenPart(int c) {
        return c == ':' || c == '/' || (c >= 0 && c <= 0x7f && Octets.isToken(c));
    }

    /** Whether a character may stand in a String: ASCII but controls. */
    static boolean isStringPart(int c) {
        return c >= ' ' && c < 0x7f;
    }
}
