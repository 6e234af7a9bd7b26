package io.proxystone.edge.message;

import io.proxystone.http.TrustedProxies;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * The other end of a listener's connection and how it got here.
 *
 * @param peer the address the connection comes from
 * @param text the peer's IP address as text
 * @param node the same as RFC 7239 §6 writes it
 * @param trusted whether the peer is a proxy whose Forwarded and X-Forwarded-* fields count
 * @param scheme {@code http} or {@code https}
 * @param localPort the port it connected to
 */
public record Client(InetSocketAddress peer, String text, String node, boolean trusted, String scheme, int localPort) {

    public static Client of(InetSocketAddress peer, TrustedProxies proxies, String scheme, int localPort) {
        InetAddress address = peer.getAddress();
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        String plain = zone < 0 ? text : text.substring(0, zone);
        String node = plain.indexOf(':') < 0 ? plain : "\"[" + plain + "]\"";
        return new Client(peer, plain, node, proxies.trusts(address), scheme, localPort);
    }
}
