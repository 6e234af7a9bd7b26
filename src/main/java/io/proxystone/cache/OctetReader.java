package io.proxystone.cache;

import java.nio.charset.StandardCharsets;

/** A cursor over octets that may be anything: whatever is not there, or not possible, is damage. */
final class OctetReader {
    private static final int NUMBER_BITS = 64;

    private final byte[] octets;
    private int position;

    OctetReader(byte[] octets, int from) {
        this.octets = octets;
        this.position = from;
    }

    /** The array it reads from. */
    byte[] array() {
        return octets;
    }

    int remaining() {
        return octets.length - position;
    }

    byte octet() throws DamagedEntryException {
        if (position == octets.length) {
            throw new DamagedEntryException("Ends too early");
        }
        return octets[position++];
    }

    /** A number in seven bits an octet, the lowest first, its sign in the lowest bit. */
    long number() throws DamagedEntryException {
        long bits = 0;
        for (int shift = 0; shift < NUMBER_BITS; shift += 7) {
            byte octet = octet();
            bits |= (long) (octet & 0x7f) << shift;
            if (octet >= 0) {
                return (bits >>> 1) ^ -(bits & 1);
            }
        }
        throw new DamagedEntryException("A number does not end");
    }

    /** A number within bounds. */
    int number(int least, int most) throws DamagedEntryException {
        long number = number();
        if (number < least || number > most) {
            throw new DamagedEntryException("A number is " + number + "; " + least + " to " + most + " is possible");
        }
        return (int) number;
    }

    /** How many things follow, each of at least one octet. */
    int count() throws DamagedEntryException {
        return number(0, remaining());
    }

    /** Passes over some octets and tells where they start. */
    int skip(int length) throws DamagedEntryException {
        if (length > remaining()) {
            throw new DamagedEntryException("Ends too early");
        }
        int start = position;
        position += length;
        return start;
    }

    /** A text in UTF-8 with its length before it. */
    String text() throws DamagedEntryException {
        int length = count();
        return new String(octets, skip(length), length, StandardCharsets.UTF_8);
    }
}
