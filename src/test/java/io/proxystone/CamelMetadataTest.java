package io.proxystone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.proxystone.config.InvalidFilesException;
import io.proxystone.testing.Origin;
import io.proxystone.testing.RawClient;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.camel.CatalogCamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.EndpointUriFactory;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Camel knows our components as it knows its own: what they are, which options they take, how those are set. */
class CamelMetadataTest {
    private final DefaultCamelContext context = new DefaultCamelContext();

    @BeforeEach
    void start() {
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private JsonNode catalogue(String component) throws Exception {
        return new ObjectMapper().readTree(((CatalogCamelContext) context).getComponentParameterJsonSchema(component));
    }

    @ParameterizedTest
    @CsvSource({
        "upstream,   io.proxystone.upstream.camel.UpstreamComponent, 'name,bodies,failOn'",
        "netty-http, io.proxystone.edge.camel.GatewayHttpComponent,  "
                + "'hosts,stripPrefix,bodies,maxBodySize,matchOnUriPrefix,httpMethodRestrict,throwExceptionOnFailure'"
    })
    void isInTheCatalogueWithDocumentedOptions(String component, String type, String options) throws Exception {
        JsonNode entry = catalogue(component);
        assertThat(entry.at("/component/javaType").asText()).isEqualTo(type);
        assertThat(entry.at("/component/description").asText()).endsWith(".").doesNotContain("{", "@");
        for (String option : options.split(",")) {
            assertThat(entry.at("/properties/" + option + "/description").asText())
                    .as(option)
                    .isNotBlank();
        }
        List<String> modes = new ArrayList<>();
        entry.at("/properties/bodies/enum").forEach(value -> modes.add(value.asText()));
        assertThat(modes).containsExactly("auto", "buffer", "stream");
    }

    @ParameterizedTest
    @ValueSource(strings = {"upstream", "netty-http"})
    void hasAConfigurerForEveryOption(String component) throws Exception {
        PropertyConfigurer configurer = PluginHelper.getConfigurerResolver(context)
                .resolvePropertyConfigurer(component + "-endpoint-configurer", context);
        assertThat(configurer.getClass().getName()).startsWith("io.proxystone.");
        for (var option : catalogue(component).get("properties").properties()) {
            if (option.getValue().get("kind").asText().equals("parameter")
                    && !option.getValue().has("prefix")) {
                assertThat(((PropertyConfigurerGetter) configurer).getOptionType(option.getKey(), true))
                        .as(option.getKey())
                        .isNotNull();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"upstream", "netty-http"})
    void hasAUriFactory(String component) throws Exception {
        EndpointUriFactory factory = context.getCamelContextExtension().getEndpointUriFactory(component);
        Set<String> options = new HashSet<>();
        catalogue(component).get("properties").fieldNames().forEachRemaining(options::add);
        assertThat(factory.propertyNames()).isEqualTo(options);
        assertThat(factory.isEnabled(component)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "upstream:origin?bodys=buffer                  | bodys    | unknown parameter of upstream; allowed: bodies, failOn, ",
                "upstream:origin?bodies=big                    | bodies   | 'big' is not allowed; allowed: auto, buffer, stream",
                "upstream:origin?failOn=600                    | failOn   | '600' is not a status"
            })
    void optionsAreCheckedOfProducers(String uri, String key, String problem) throws Exception {
        assertRejected(RunningGateway.everythingTo("\"" + uri + "\""), key, problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "stripPrefixes: true   | stripPrefixes | unknown parameter of netty-http; allowed: bridgeEndpoint, ",
                "bodies: big           | bodies        | 'big' is not allowed; allowed: auto, buffer, stream",
                "stripPrefix: maybe    | stripPrefix   | 'maybe' is not allowed; allowed: boolean",
                "maxBodySize: lots     | maxBodySize   | lots"
            })
    void optionsAreCheckedOfConsumers(String parameter, String key, String problem) throws Exception {
        String flow = RunningGateway.everythingTo("upstream:origin")
                .replace("matchOnUriPrefix: true", "matchOnUriPrefix: true\n        " + parameter);
        assertRejected(flow, key, problem);
    }

    @Test
    void optionsOfCamelsAndOfOursTakeEffectTogether() throws Exception {
        try (Origin origin = Origin.answering((request, connection) -> connection.respond(404, "none"))) {
            String stock = "netty-http:http://127.0.0.1:" + origin.port()
                    + "/stock?bridgeEndpoint=true&throwExceptionOnFailure=false&tag=1";
            String options = "matchOnUriPrefix: true\n        httpMethodRestrict: POST\n        hosts: example.test"
                    + "\n        stripPrefix: true\n        maxBodySize: 3";
            try (RunningGateway gateway = RunningGateway.with()
                            .flow(
                                    "gateway",
                                    RunningGateway.flow("ours", "/ours", "- to: upstream:origin")
                                                    .replace("matchOnUriPrefix: true", options)
                                            + RunningGateway.flow("stock", "/stock", "- to: " + stock))
                            .settings(RunningGateway.upstream("origin", origin.port()))
                            .start();
                    RawClient client = gateway.connect()) {
                assertThat(client.get("/ours/a").status()).isEqualTo(405);
                assertThat(client.exchange("POST", "/ours/a", "Content-Length: 0")
                                .status())
                        .isEqualTo(404);
                assertThat(origin.take().startLine()).isEqualTo("POST /a HTTP/1.1");
                assertThat(client.get("/stock").status()).isEqualTo(404);
                assertThat(origin.take().startLine()).isEqualTo("GET /stock?tag=1 HTTP/1.1");
                assertThat(client.exchange("POST", "/ours/a", "Content-Length: 4")
                                .status())
                        .isEqualTo(413);
            }
        }
    }

    private static void assertRejected(String flow, String key, String problem) throws Exception {
        RunningGateway.Builder gateway =
                RunningGateway.with().flow("gateway", flow).settings(RunningGateway.upstream("origin", 1));
        assertThatExceptionOfType(InvalidFilesException.class)
                .isThrownBy(gateway::start)
                .withMessageContaining("gateway.camel.yaml:")
                .withMessageContaining(key)
                .withMessageContaining(problem);
    }
}
