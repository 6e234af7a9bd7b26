package io.proxystone.http;

import java.util.Arrays;

/** The octet classes of HTTP's grammar as look-up tables (RFC 9110 §5, RFC 3986 §2). */
public final class Octets {
    private static final int TOKEN = 1;
    private static final int FIELD_VALUE = 1 << 1;
    private static final int TARGET = 1 << 2;
    private static final int UNRESERVED = 1 << 3;
    private static final int HOST = 1 << 4;
    private static final int PATH = 1 << 5;

    private static final byte[] CLASSES = new byte[256];
    private static final byte[] LOWER = new byte[256];
    private static final byte[] HEX = new byte[256];

    static {
        String alphanumeric = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
        mark(TOKEN, alphanumeric + "!#$%&'*+-.^_`|~");
        mark(UNRESERVED, alphanumeric + "-._~");
        mark(HOST, alphanumeric + "-._~!$&'()*+,;=%");
        mark(PATH, alphanumeric + "-._~!$&'()*+,;=:@/");
        for (int octet = 0; octet < 256; octet++) {
            boolean visible = octet > ' ' && octet != 0x7f;
            if (visible || octet == ' ' || octet == '\t') {
                CLASSES[octet] |= FIELD_VALUE;
            }
            if (visible && octet != '#') {
                CLASSES[octet] |= TARGET;
            }
            LOWER[octet] = (byte) (octet >= 'A' && octet <= 'Z' ? octet + 32 : octet);
        }
        Arrays.fill(HEX, (byte) -1);
        for (int digit = 0; digit < 16; digit++) {
            HEX[Character.forDigit(digit, 16)] = (byte) digit;
            HEX[Character.toUpperCase(Character.forDigit(digit, 16))] = (byte) digit;
        }
    }

    private Octets() {}

    private static void mark(int octetClass, String members) {
        members.chars().forEach(member -> CLASSES[member] |= (byte) octetClass);
    }

    /** Whether the octet may stand in a token: a method or a field name (RFC 9110 §5.6.2). */
    public static boolean isToken(int octet) {
        return (CLASSES[octet & 0xff] & TOKEN) != 0;
    }

    /** Whether the octet may stand in a field value: VCHAR, obs-text, space or tab (RFC 9110 §5.5). */
    public static boolean isFieldValue(int octet) {
        return (CLASSES[octet & 0xff] & FIELD_VALUE) != 0;
    }

    /**
     * Whether the octet may stand in a request target here: any visible octet but {@code #}. Wider than RFC 3986, because
     * browsers send {@code | ^ { }} and raw UTF-8; nothing that could end the line or start a fragment passes.
     */
    public static boolean isTarget(int octet) {
        return (CLASSES[octet & 0xff] & TARGET) != 0;
    }

    /** Whether the octet means the same percent-encoded or not (RFC 3986 §2.3). */
    public static boolean isUnreserved(int octet) {
        return (CLASSES[octet & 0xff] & UNRESERVED) != 0;
    }

    /** Whether the octet may stand in a registered name or an IPv4 address (RFC 3986 §3.2.2). */
    public static boolean isHost(int octet) {
        return (CLASSES[octet & 0xff] & HOST) != 0;
    }

    /** Whether the octet may stand in a path as it is: a slash, or what a segment has besides percent-encodings (RFC 3986 §3.3). */
    public static boolean isPath(int octet) {
        return (CLASSES[octet & 0xff] & PATH) != 0;
    }

    /** The octet with an ASCII letter in lower case. */
    public static byte lower(int octet) {
        return LOWER[octet & 0xff];
    }

    /** The value of a hexadecimal digit, or -1. */
    public static int hex(int octet) {
        return HEX[octet & 0xff];
    }

    /** Whether every character of a non-empty text is a token character. */
    public static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7f || !isToken((int) text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }
}
