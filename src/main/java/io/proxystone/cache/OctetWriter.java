package io.proxystone.cache;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes what an {@link OctetReader} reads into a growing array. */
final class OctetWriter {
    private byte[] octets;
    private int size;

    OctetWriter(int capacity) {
        octets = new byte[capacity];
    }

    void octet(int octet) {
        reserve(1);
        octets[size++] = (byte) octet;
    }

    void number(long number) {
        long bits = (number << 1) ^ (number >> 63);
        while ((bits & ~0x7fL) != 0) {
            octet((int) bits | 0x80);
            bits >>>= 7;
        }
        octet((int) bits);
    }

    /** Writes a text in UTF-8 with its length before it. */
    void text(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        number(encoded.length);
        reserve(encoded.length);
        System.arraycopy(encoded, 0, octets, size, encoded.length);
        size += encoded.length;
    }

    /** Writes the octets that ISO 8859-1 characters stand for with their number before them. */
    @SuppressWarnings("deprecation") // getBytes(int, int, byte[], int) is the one copy without an array between
    void octets(String characters) {
        int length = characters.length();
        number(length);
        reserve(length);
        characters.getBytes(0, length, octets, size);
        size += length;
    }

    byte[] toArray() {
        return Arrays.copyOf(octets, size);
    }

    private void reserve(int more) {
        if (octets.length - size < more) {
            octets = Arrays.copyOf(octets, Math.max(octets.length * 2, size + more));
        }
    }
}
