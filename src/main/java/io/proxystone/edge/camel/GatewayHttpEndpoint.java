package io.proxystone.edge.camel;

import io.proxystone.edge.FlowAddress;
import io.proxystone.edge.FlowOptions;
import io.proxystone.edge.message.Bodies;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.Consumer;
import org.apache.camel.MultipleConsumersSupport;
import org.apache.camel.Processor;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.component.netty.http.NettyHttpComponent;
import org.apache.camel.component.netty.http.NettyHttpConfiguration;
import org.apache.camel.component.netty.http.NettyHttpEndpoint;

/** A {@code netty-http} endpoint that, as a consumer, is an address on one of the gateway's listeners. */
final class GatewayHttpEndpoint extends NettyHttpEndpoint implements MultipleConsumersSupport {
    private final FlowParameters parameters;
    private final Bodies bodies;
    private final Map<String, Object> unknown;

    /**
     * Takes over what Camel made of the URI.
     *
     * @param unknown the parameters that are left when Camel has taken those it knows
     */
    GatewayHttpEndpoint(
            NettyHttpEndpoint stock,
            NettyHttpComponent component,
            FlowParameters parameters,
            Bodies bodies,
            Map<String, Object> unknown) {
        super(stock.getEndpointUri(), component, stock.getConfiguration());
        this.parameters = parameters;
        this.bodies = bodies;
        this.unknown = unknown;
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

    /** Unlike a producer, which sends parameters it does not know as the query, a flow cannot do anything with them. */
    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        if (!unknown.isEmpty()) {
            throw new ResolveEndpointFailedException(
                    "netty-http:" + getEndpointUri(), "Unknown parameters=[" + unknown + "]");
        }
        return super.createConsumer(processor);
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
        return new FlowOptions(parameters.bodies(), parameters.maxBodySize(), parameters.stripPrefix());
    }

    private static List<String> list(String commaSeparated) {
        return Arrays.stream(commaSeparated.split(","))
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .toList();
    }
}
