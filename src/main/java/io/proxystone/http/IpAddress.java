package io.proxystone.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads numeric IP addresses, and never asks a name server about anything else. */
final class IpAddress {
    private static final Pattern IPV4 = Pattern.compile("(N)\\.(N)\\.(N)\\.(N)".replace("N", "0|[1-9]\\d{0,2}"));
    private static final Pattern IPV6_CHARACTERS = Pattern.compile("[0-9a-fA-F:.]+");

    private IpAddress() {}

    /** The address, or null if the text is not one, or has leading zeros, which some read as octal. */
    static @Nullable InetAddress parse(String text) {
        try {
            if (text.indexOf(':') >= 0) {
                return IPV6_CHARACTERS.matcher(text).matches() ? InetAddress.getByName("[" + text + "]") : null;
            }
            Matcher matcher = IPV4.matcher(text);
            if (!matcher.matches()) {
                return null;
            }
            byte[] octets = new byte[4];
            for (int i = 0; i < octets.length; i++) {
                int octet = Integer.parseInt(matcher.group(i + 1));
                if (octet > 255) {
                    return null;
                }
                octets[i] = (byte) octet;
            }
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            return null;
        }
    }
}
