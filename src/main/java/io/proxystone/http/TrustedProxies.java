package io.proxystone.http;

import java.net.InetAddress;
import java.util.List;

/**
 * The peers whose word on who the client is counts. From anybody else, Forwarded and X-Forwarded-* are claims and are
 * replaced (RFC 7239 §8.1).
 */
public record TrustedProxies(List<Cidr> blocks) {
    public static final TrustedProxies NONE = new TrustedProxies(List.of());

    public TrustedProxies {
        blocks = List.copyOf(blocks);
    }

    public boolean trusts(InetAddress peer) {
        for (Cidr block : blocks) {
            if (block.contains(peer)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The client behind a trusted peer: the last address of X-Forwarded-For that is not a trusted proxy itself, or the
     * peer's if the field is missing or malformed.
     */
    public String clientOf(String peer, Fields fields) {
        String client = peer;
        List<String> lines = fields.all(FieldName.X_FORWARDED_FOR);
        for (int line = lines.size() - 1; line >= 0; line--) {
            String[] hops = lines.get(line).split(",");
            for (int hop = hops.length - 1; hop >= 0; hop--) {
                InetAddress address = IpAddress.parse(hops[hop].strip());
                if (address == null) {
                    return client;
                }
                client = hops[hop].strip();
                if (!trusts(address)) {
                    return client;
                }
            }
        }
        return client;
    }
}
