package io.proxystone.http;

import java.util.Arrays;

/** Writes the head of a message into a growing array that is used again for the next one. */
public final class HeadWriter {
    private byte[] octets;
    private int size;

    public HeadWriter(int capacity) {
        octets = new byte[capacity];
    }

    public HeadWriter reset() {
        size = 0;
        return this;
    }

    /** The array written into; only the first {@link #size} octets count. */
    public byte[] array() {
        return octets;
    }

    public int size() {
        return size;
    }

    public HeadWriter octet(int octet) {
        reserve(1);
        octets[size++] = (byte) octet;
        return this;
    }

    public HeadWriter octets(byte[] source) {
        return octets(source, 0, source.length);
    }

    /** Writes {@code source[from, to)}. */
    public HeadWriter octets(byte[] source, int from, int to) {
        int length = to - from;
        reserve(length);
        System.arraycopy(source, from, octets, size, length);
        size += length;
        return this;
    }

    /** Writes a text of ISO 8859-1 characters, which hold one octet each. */
    @SuppressWarnings("deprecation") // getBytes(int, int, byte[], int) is the one copy without an array between
    public HeadWriter text(String text) {
        int length = text.length();
        reserve(length);
        text.getBytes(0, length, octets, size);
        size += length;
        return this;
    }

    public HeadWriter decimal(long number) {
        if (number < 10) {
            return octet('0' + (int) number);
        }
        int digits = 1;
        for (long rest = number; rest >= 10; rest /= 10) {
            digits++;
        }
        reserve(digits);
        long rest = number;
        for (int i = size + digits - 1; i >= size; i--) {
            octets[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        size += digits;
        return this;
    }

    /** Writes a whole field line. The value must hold field value characters only. */
    public HeadWriter field(FieldName name, String value) {
        return octets(name.lineStart()).text(value).endLine();
    }

    /** Writes a whole field line with a number. */
    public HeadWriter field(FieldName name, long value) {
        return octets(name.lineStart()).decimal(value).endLine();
    }

    /**
     * Writes a whole field line of any name that is a token. Control characters in the value become spaces; a value beyond
     * ISO 8859-1 is written in UTF-8.
     */
    public HeadWriter field(String name, String value) {
        return text(name).colon().octets(FieldValue.encode(value)).endLine();
    }

    /** Writes the start of a field line up to its value. */
    public HeadWriter startField(FieldName name) {
        return octets(name.lineStart());
    }

    public HeadWriter colon() {
        return octet(':').octet(' ');
    }

    public HeadWriter endLine() {
        reserve(2);
        octets[size++] = '\r';
        octets[size++] = '\n';
        return this;
    }

    private void reserve(int more) {
        if (octets.length - size < more) {
            octets = Arrays.copyOf(octets, Math.max(octets.length * 2, size + more));
        }
    }
}
