package io.proxystone.upstream.netty;

import io.netty.channel.EventLoop;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.resolver.dns.DnsAddressResolverGroup;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Resolves host names without waiting: numeric addresses at once, others by DNS as long as their records say. */
public final class Names implements AutoCloseable {
    private final DnsAddressResolverGroup resolvers = new DnsAddressResolverGroup(new DnsNameResolverBuilder()
            .datagramChannelType(Epoll.isAvailable() ? EpollDatagramChannel.class : NioDatagramChannel.class)
            .ttl(1, 300)
            .negativeTtl(1));

    /** The addresses of a host with a port, in the order they should be tried. */
    Future<List<InetSocketAddress>> resolve(String host, int port, EventExecutor executor) {
        byte[] numeric = NetUtil.createByteArrayFromIpAddressString(host);
        if (numeric != null) {
            try {
                InetAddress address = InetAddress.getByAddress(host, numeric);
                return executor.newSucceededFuture(List.of(new InetSocketAddress(address, port)));
            } catch (UnknownHostException e) {
                return executor.newFailedFuture(e);
            }
        }
        return resolvers.getResolver((EventLoop) executor).resolveAll(InetSocketAddress.createUnresolved(host, port));
    }

    @Override
    public void close() {
        resolvers.close();
    }
}
