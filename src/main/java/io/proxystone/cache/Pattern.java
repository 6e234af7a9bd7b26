package io.proxystone.cache;

/** A text in which {@code *} stands for any characters, none included. */
public record Pattern(String text) {

    /** Whether all of a text fits. */
    public boolean matches(String other) {
        int at = 0;
        int in = 0;
        int star = -1;
        int resume = 0;
        while (in < other.length()) {
            if (at < text.length() && text.charAt(at) == '*') {
                star = at++;
                resume = in;
            } else if (at < text.length() && text.charAt(at) == other.charAt(in)) {
                at++;
                in++;
            } else if (star >= 0) {
                // The last star takes one character more.
                at = star + 1;
                in = ++resume;
            } else {
                return false;
            }
        }
        while (at < text.length() && text.charAt(at) == '*') {
            at++;
        }
        return at == text.length();
    }

    @Override
    public String toString() {
        return text;
    }
}
