package io.proxystone.edge.camel;

import io.proxystone.edge.FlowAddress;
import io.proxystone.edge.FlowOptions;
import io.proxystone.edge.message.Bodies;
import io.proxystone.edge.message.BodyMode;
import io.proxystone.http.ByteSize;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.MultipleConsumersSupport;
import org.apache.camel.Processor;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.component.netty.http.NettyHttpComponent;
import org.apache.camel.component.netty.http.NettyHttpConfiguration;
import org.apache.camel.component.netty.http.NettyHttpEndpoint;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;

/**
 * Takes requests on one of the gateway's listeners and, as a producer, sends them with Camel's HTTP client on Netty.
 */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "netty-http",
        extendsScheme = "netty",
        title = "Netty HTTP",
        syntax = "netty-http:protocol://host:port/path",
        lenientProperties = true,
        category = {Category.NETWORKING, Category.HTTP})
final class GatewayHttpEndpoint extends NettyHttpEndpoint implements MultipleConsumersSupport {
    /** What endpoints take here beyond Camel's own. */
    static final Set<String> OWN_PARAMETERS = Set.of("hosts", "stripPrefix", "bodies", "maxBodySize");

    @UriParam(
            label = "consumer",
            description =
                    "The hosts the flow serves, separated by commas. One that starts with an asterisk and a dot stands"
                            + " for all names below it. Without this option the flow serves every host.")
    private String hosts = "";

    @UriParam(
            label = "consumer",
            description = "Whether the flow's path is taken off the path that goes to the origin.")
    private boolean stripPrefix;

    @UriParam(
            label = "consumer",
            defaultValue = "auto",
            enums = "auto,buffer,stream",
            description =
                    "Whether the request's content waits in memory until it is whole. auto has small content of known"
                            + " length wait and the rest stream; buffer has all content wait, so that steps can convert it, and"
                            + " refuses content over the buffer's bound; stream has none wait.")
    private BodyMode bodies = BodyMode.AUTO;

    @UriParam(
            label = "consumer",
            description = "The largest content a request may have, such as 10MiB; more is refused with 413. Without it"
                    + " there is no limit.")
    private String maxBodySize = "";

    private final Bodies converter;
    private final Map<String, Object> unknown;
    private long maxBody = Long.MAX_VALUE;

    /**
     * Takes over what Camel made of the URI.
     *
     * @param unknown the parameters that are left when Camel has taken those it knows
     */
    GatewayHttpEndpoint(
            NettyHttpEndpoint stock, NettyHttpComponent component, Bodies converter, Map<String, Object> unknown) {
        super(stock.getEndpointUri(), component, stock.getConfiguration());
        this.converter = converter;
        this.unknown = unknown;
        setNettyHttpBinding(stock.getNettyHttpBinding());
        setHeaderFilterStrategy(stock.getHeaderFilterStrategy());
        setNettySharedHttpServer(stock.getNettySharedHttpServer());
        setSecurityConfiguration(stock.getSecurityConfiguration());
    }

    public String getHosts() {
        return hosts;
    }

    public void setHosts(String hosts) {
        this.hosts = hosts;
    }

    public boolean isStripPrefix() {
        return stripPrefix;
    }

    public void setStripPrefix(boolean stripPrefix) {
        this.stripPrefix = stripPrefix;
    }

    public BodyMode getBodies() {
        return bodies;
    }

    public void setBodies(BodyMode bodies) {
        this.bodies = bodies;
    }

    public String getMaxBodySize() {
        return maxBodySize;
    }

    public void setMaxBodySize(String maxBodySize) {
        this.maxBodySize = maxBodySize;
    }

    /** @throws IllegalArgumentException if an option has a value of the wrong form; the message starts with its name */
    void configured() {
        try {
            maxBody = maxBodySize.isEmpty() ? Long.MAX_VALUE : ByteSize.parse(maxBodySize);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new IllegalArgumentException("maxBodySize: " + e.getMessage(), e);
        }
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
        return converter;
    }

    InetSocketAddress listenerAddress() {
        NettyHttpConfiguration configuration = getConfiguration();
        return new InetSocketAddress(configuration.getHost(), configuration.getPort());
    }

    FlowAddress flowAddress() {
        NettyHttpConfiguration configuration = getConfiguration();
        String path = configuration.getPath();
        return new FlowAddress(
                list(hosts),
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
        return new FlowOptions(bodies, maxBody, stripPrefix);
    }

    private static List<String> list(String commaSeparated) {
        return Arrays.stream(commaSeparated.split(","))
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .toList();
    }
}
