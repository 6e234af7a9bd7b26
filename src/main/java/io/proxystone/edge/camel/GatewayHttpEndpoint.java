package io.proxystone.edge.camel;

import io.proxystone.edge.FlowAddress;
import io.proxystone.edge.FlowOptions;
import io.proxystone.edge.message.Bodies;
import io.proxystone.http.ByteSize;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.MultipleConsumersSupport;
import org.apache.camel.component.netty.http.NettyHttpComponent;
import org.apache.camel.component.netty.http.NettyHttpConfiguration;
import org.apache.camel.component.netty.http.NettyHttpEndpoint;

/** A {@code netty-http} endpoint that, as a consumer, is an address on one of the gateway's listeners. */
final class GatewayHttpEndpoint extends NettyHttpEndpoint implements MultipleConsumersSupport {
    private final FlowParameters parameters;
    private final Bodies bodies;

    /** Takes over what Camel made of the URI. */
    GatewayHttpEndpoint(
            NettyHttpEndpoint stock, NettyHttpComponent component, FlowParameters parameters, Bodies bodies) {
        super(stock.getEndpointUri(), component, stock.getConfiguration());
        this.parameters = parameters;
        this.bodies = bodies;
        setNettyHttpBinding(stock.getNettyHttpBinding());
        setHeaderFilterStrategy(stock.getHeaderFilterStrategy());
        setTraceEnabled(stock.isTraceEnabled());
        setHttpMethodRestrict(stock.getHttpMethodRestrict());
        setNettySharedHttpServer(stock.getNettySharedHttpServer());
        setSecurityConfiguration(stock.getSecurityConfiguration());
        setCookieHandler(stock.getCookieHandler());
        setExchangePattern(stock.getExchangePattern());
        setBridgeErrorHandler(stock.isBridgeErrorHandler());
        setLazyStartProducer(stock.isLazyStartProducer());
    }

    /** Flows on one path may differ in host and method; the router tells the ones that do not. */
    @Override
    public boolean isMultipleConsumersSupported() {
        return true;
    }

    Bodies bodies() {
        return bodies;
    }

    InetSocketAddress listenerAddress() {
        NettyHttpConfiguration configuration = getConfiguration();
        return new InetSocketAddress(configuration.getHost(), configuration.getPort());
    }

    FlowAddress flowAddress() {
        NettyHttpConfiguration configuration = getConfiguration();
        String path = configuration.getPath();
        return new FlowAddress(
                list(parameters.hosts()),
                path == null || path.isEmpty() ? "/" : path,
                configuration.isMatchOnUriPrefix(),
                methods());
    }

    private Set<String> methods() {
        String restrict = getHttpMethodRestrict();
        return restrict == null
                ? Set.of()
                : list(restrict).stream()
                        .map(method -> method.toUpperCase(Locale.ROOT))
                        .collect(Collectors.toSet());
    }

    FlowOptions flowOptions() {
        String size = parameters.maxBodySize();
        long maxBody = size.isEmpty() ? Long.MAX_VALUE : ByteSize.parse(size);
        return new FlowOptions(parameters.bodies(), maxBody, parameters.stripPrefix());
    }

    private static List<String> list(String commaSeparated) {
        return Arrays.stream(commaSeparated.split(","))
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .toList();
    }
}
