package io.proxystone.http;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The W3C {@code traceparent} field: which trace a request belongs to. */
public final class TraceParent {
    private static final int LENGTH = 55;
    private static final int TRACE_ID_START = 3;
    private static final int TRACE_ID_END = 35;
    private static final int PARENT_ID_START = 36;
    private static final int PARENT_ID_END = 52;
    private static final char[] DIGITS = "0123456789abcdef".toCharArray();

    private TraceParent() {}

    /** Whether a value can be passed on: known form, no zero ids, not version ff. A later version may be longer. */
    public static boolean isValid(@Nullable String value) {
        if (value == null || value.length() < LENGTH || (value.length() > LENGTH && value.charAt(LENGTH) != '-')) {
            return false;
        }
        if (value.length() > LENGTH && value.startsWith("00")) {
            return false;
        }
        for (int i = 0; i < LENGTH; i++) {
            char c = value.charAt(i);
            boolean dash = i == 2 || i == TRACE_ID_END || i == PARENT_ID_END;
            if (dash ? c != '-' : !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
                return false;
            }
        }
        return !value.startsWith("ff")
                && !isZero(value, TRACE_ID_START, TRACE_ID_END)
                && !isZero(value, PARENT_ID_START, PARENT_ID_END);
    }

    /** The trace id of a valid value: 32 hexadecimal digits. */
    public static String traceId(String value) {
        return value.substring(TRACE_ID_START, TRACE_ID_END);
    }

    /** A new value for a trace that starts here. */
    public static String create(RandomGenerator random, boolean sampled) {
        char[] text = new char[LENGTH];
        text[0] = '0';
        text[1] = '0';
        text[2] = '-';
        hex(text, TRACE_ID_START, random.nextLong() | 1);
        hex(text, TRACE_ID_START + 16, random.nextLong());
        text[TRACE_ID_END] = '-';
        hex(text, PARENT_ID_START, random.nextLong() | 1);
        text[PARENT_ID_END] = '-';
        text[PARENT_ID_END + 1] = '0';
        text[PARENT_ID_END + 2] = sampled ? '1' : '0';
        return new String(text);
    }

    private static void hex(char[] text, int from, long number) {
        for (int i = 0; i < 16; i++) {
            text[from + i] = DIGITS[(int) (number >>> (60 - 4 * i)) & 15];
        }
    }

    private static boolean isZero(String value, int from, int to) {
        for (int i = from; i < to; i++) {
            if (value.charAt(i) != '0') {
                return false;
            }
        }
        return true;
    }
}
