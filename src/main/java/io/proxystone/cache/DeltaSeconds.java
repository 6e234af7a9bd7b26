package io.proxystone.cache;

/** Numbers of seconds as cache fields write them: digits only, and never more than 2^31 (RFC 9111 §1.2.2). */
final class DeltaSeconds {
    private static final long MOST = 1L << 31;

    private DeltaSeconds() {}

    /** The number in a text, or another one if it is no such number. */
    static long parse(String text, long otherwise) {
        String digits = text.strip();
        if (digits.isEmpty()) {
            return otherwise;
        }
        long seconds = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c < '0' || c > '9') {
                return otherwise;
            }
            seconds = Math.min(MOST, seconds * 10 + c - '0');
        }
        return seconds;
    }
}
