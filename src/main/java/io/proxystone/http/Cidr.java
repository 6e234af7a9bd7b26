package io.proxystone.http;

import java.net.InetAddress;
import java.util.Arrays;

/** A block of IP addresses written as {@code address/prefix}, or one address (RFC 4632). */
public final class Cidr {
    private final byte[] network;
    private final int prefix;
    private final String text;

    private Cidr(byte[] network, int prefix, String text) {
        this.network = network;
        this.prefix = prefix;
        this.text = text;
    }

    /** @throws IllegalArgumentException if the text is not a numeric address with an optional prefix length that fits it */
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        InetAddress address = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
        if (address == null) {
            throw new IllegalArgumentException("'" + text + "' is not an IP address or a block such as 10.0.0.0/8");
        }
        byte[] network = address.getAddress();
        int bits = network.length * 8;
        String digits = slash < 0 ? Integer.toString(bits) : text.substring(slash + 1);
        if (!digits.matches("\\d{1,3}") || Integer.parseInt(digits) > bits) {
            throw new IllegalArgumentException("The prefix length of '" + text + "' is not within 0 and " + bits);
        }
        return new Cidr(network, Integer.parseInt(digits), text);
    }

    public boolean contains(InetAddress address) {
        byte[] octets = address.getAddress();
        if (octets.length != network.length) {
            return false;
        }
        int whole = prefix / 8;
        int rest = prefix % 8;
        return Arrays.equals(octets, 0, whole, network, 0, whole)
                && (rest == 0 || ((octets[whole] ^ network[whole]) & 0xff & (0xff << (8 - rest))) == 0);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cidr that && prefix == that.prefix && Arrays.equals(network, that.network);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(network) * 31 + prefix;
    }

    @Override
    public String toString() {
        return text;
    }
}
