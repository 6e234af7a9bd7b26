package io.proxystone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.proxystone.testing.Origin;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A change that is wrong leaves what served serving, and says where it is wrong and what is allowed. */
class RejectedChangeTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FROM = "netty-http:http://{{proxy.host}}:{{proxy.port}}/wrong";
    private static final String UPSTREAM = "upstreams:\n  a:\n    targets: [{url: 'http://h'}]\n";

    private static Origin origin;
    private static RunningGateway gateway;
    private static String settings;

    @BeforeAll
    static void start() throws Exception {
        origin = Origin.saying("served");
        settings = RunningGateway.upstream("origin", origin.port());
        gateway = RunningGateway.with().passThrough(origin.port()).start();
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
        origin.close();
    }

    /** A wrong file, and what must be said about it: line, key and parts of the message. */
    private record Wrong(
            String name, String yaml, int line, @Nullable String key, List<String> says) {}

    private static Wrong wrong(String name, String yaml, int line, @Nullable String key, String... says) {
        return new Wrong(name, yaml, line, key, List.of(says));
    }

    /** A route {@code wrong} whose from is in line 4 and whose first step is in line 6. */
    private static String route(String from, String steps) {
        return "- route:\n    id: wrong\n    from:\n      uri: " + from + "\n      steps:\n" + steps.indent(8);
    }

    /** A route {@code wrong} with a parameter in line 6. */
    private static String routeWith(String parameter) {
        return "- route:\n    id: wrong\n    from:\n      uri: " + FROM + "\n      parameters:\n        " + parameter
                + "\n      steps:\n        - to: upstream:origin\n";
    }

    @TestFactory
    Stream<DynamicTest> wrongFlowFileIsRejected() {
        return Stream.of(
                        wrong("invalid YAML", "- route:\n    id: [\n", 3, null, "not valid YAML"),
                        wrong("no list", "route:\n  id: a\n", 1, null, "a flow file is a list", "- route:"),
                        wrong("an alias of itself", "- &a [*a]\n", 1, null, "an alias of itself"),
                        wrong("a key twice", "- route:\n    id: a\n    id: b\n", 3, "0.route.id", "twice"),
                        wrong("no from", "- route:\n    id: wrong\n", 1, "route", "the key 'from' is missing"),
                        wrong(
                                "unknown step",
                                route(FROM, "- setHaeder:\n    name: a\n    constant: b"),
                                6,
                                "setHaeder",
                                "unknown step (did you mean 'setHeader'?); allowed: aggregate, bean,"),
                        wrong(
                                "unknown key of a step",
                                route(FROM, "- setHeader:\n    nmae: y\n    constant: x"),
                                7,
                                "nmae",
                                "unknown key of setHeader (did you mean 'name'?); allowed: "),
                        wrong(
                                "unknown component",
                                route(FROM, "- to: ftpx:there"),
                                6,
                                "ftpx:there",
                                "no component is named 'ftpx'"),
                        wrong(
                                "unknown parameter in the URI",
                                route(FROM + "?maxBodySzie=1", "- to: upstream:origin"),
                                4,
                                "maxBodySzie",
                                " bodies, hosts, matchOnUriPrefix, maxBodySize, "),
                        wrong("unknown parameter", routeWith("maxBody: 1"), 6, "maxBody", " maxBodySize, "),
                        wrong(
                                "unknown parameter of upstream",
                                route(FROM, "- to: upstream:origin?failOm=500"),
                                6,
                                "failOm",
                                "allowed: bodies, failOn"),
                        wrong(
                                "bad value of Camel's parameter",
                                routeWith("matchOnUriPrefix: perhaps"),
                                6,
                                "matchOnUriPrefix",
                                "'perhaps' is not allowed; allowed: boolean"),
                        wrong(
                                "bad value of bodies",
                                routeWith("bodies: sometimes"),
                                6,
                                "bodies",
                                "'sometimes' is not allowed; allowed: auto, buffer, stream"),
                        wrong("bad size", routeWith("maxBodySize: huge"), 6, "maxBodySize", "'huge' is not a size"),
                        wrong(
                                "bad status",
                                route(FROM, "- to: upstream:origin?failOn=oops"),
                                6,
                                "failOn",
                                "'oops' is not a status"),
                        wrong(
                                "id of another flow",
                                route(FROM, "- to: upstream:origin").replace("id: wrong", "id: gateway"),
                                2,
                                "gateway",
                                "the id is taken by the route in ",
                                "gateway.camel.yaml:2"),
                        wrong(
                                "requests of another flow",
                                route(
                                        "netty-http:http://{{proxy.host}}:{{proxy.port}}/?matchOnUriPrefix=true",
                                        "- to: upstream:origin"),
                                2,
                                "wrong",
                                "gateway and wrong both serve /*; flows of one port must differ in host, path or"),
                        wrong(
                                "unknown upstream",
                                route(FROM, "- to: upstream:orgin"),
                                6,
                                "upstream:orgin",
                                "No upstream is named 'orgin'; allowed: origin"),
                        wrong(
                                "missing property",
                                route("netty-http:http://{{proxy.host}}:{{nowhere.port}}/", "- to: upstream:origin"),
                                4,
                                "nowhere.port",
                                "no such property; set it in application.properties",
                                "NOWHERE_PORT"),
                        wrong(
                                "missing property in a step",
                                route(FROM, "- setBody:\n    constant: '{{nowhere.text}}'"),
                                7,
                                "nowhere.text",
                                "no such property"),
                        wrong(
                                "missing class",
                                route(FROM, "- bean:\n    beanType: com.example.Nowhere"),
                                7,
                                "com.example.Nowhere",
                                "no class of this name is on the class path"),
                        wrong(
                                "missing bean",
                                route(FROM, "- bean:\n    ref: nowhere"),
                                7,
                                "nowhere",
                                "no bean has this name"),
                        wrong(
                                "bad expression",
                                route(FROM, "- setBody:\n    simple: '${header.a'"),
                                7,
                                "${header.a",
                                "expected symbol functionEnd"),
                        wrong(
                                "a producer to start with",
                                route("upstream:origin", "- to: upstream:origin"),
                                2,
                                "wrong",
                                "A flow cannot start with upstream:"))
                .map(wrong -> DynamicTest.dynamicTest(wrong.name, () -> {
                    gateway.writeFlow("wrong", wrong.yaml);
                    try {
                        assertRejected(wrong, "/routes/wrong.camel.yaml");
                    } finally {
                        gateway.deleteFlow("wrong");
                    }
                    assertRecovers();
                }));
    }

    @TestFactory
    Stream<DynamicTest> wrongSettingIsRejected() {
        return Stream.of(
                        wrong(
                                "unknown key",
                                "listner: {}",
                                1,
                                "listner",
                                "allowed: listener, upstreams, caches, access-log"),
                        wrong(
                                "unknown key of an upstream",
                                UPSTREAM + "    timeout: 1s\n",
                                4,
                                "upstreams.a.timeout",
                                "unknown key; allowed: targets, host, "),
                        wrong(
                                "no target",
                                "upstreams:\n  a: {host: preserve}\n",
                                2,
                                "upstreams.a",
                                "'targets' is missing"),
                        wrong("nothing", "upstreams:\n  a:\n", 2, "upstreams.a", "null is not a mapping"),
                        duration("5 parsecs", "is not a duration such as 500ms, 10s, 5m or 1h"),
                        duration("999999999999d", "is too long; at most 3650d"),
                        limit("header-section: lots", "header-section", "is not a size such as 512, 64KiB or 10MiB"),
                        limit("header-section: 10TiB", "header-section", "is too large; at most 2147483647"),
                        limit("connections: -5", "connections", "-5 is not a whole number above 0"),
                        limit("connections: 0", "connections", "0 is not a whole number above 0"),
                        wrong(
                                "limits against each other",
                                "listener:\n  limits: {request-line: 0}\n",
                                2,
                                "listener.limits",
                                "request-line is 0 and header-section"),
                        url("ftp://h", "'ftp://h' is not http://host[:port][/path]"),
                        url("http://user:hunter2@h", "has a query, a fragment or user information"),
                        url("http://h:99999", "The port 99999 is not within 1 and 65535"),
                        url("http://${env:NOT_SET_ANYWHERE}:80", "'http://${env:NOT_SET_ANYWHERE}:80' is not http://"),
                        url("http://${env:NOT-A-NAME}", "unknown form; allowed: ${env:NAME}, ${env:NAME:default}"),
                        url("ftp://${env:NOWHERE:hunter2}", "'ftp://${env:NOWHERE:hunter2}' is not"),
                        wrong(
                                "bad block of addresses",
                                "listener:\n  trusted-proxies: [10.0.0.0/8, ten]\n",
                                2,
                                "listener.trusted-proxies.1",
                                "'ten' is not an IP address"),
                        wrong(
                                "no boolean",
                                "access-log:\n  enabled: perhaps\n",
                                2,
                                "access-log.enabled",
                                "true or false"),
                        wrong(
                                "unknown format",
                                "access-log:\n  format: xml\n",
                                2,
                                "access-log.format",
                                "json, combined"),
                        wrong(
                                "unreadable certificates",
                                "upstreams:\n  a:\n    targets: [{url: 'https://h'}]\n    tls: {trust: nowhere.pem}\n",
                                4,
                                "upstreams.a.tls.trust",
                                "No certificates can be read from nowhere.pem"),
                        wrong("a tab", "upstreams:\n\ta: 1\n", 2, null, "not valid YAML", "TAB"),
                        wrong("two documents", "listener: {}\n---\nlistener: {}\n", 2, null, "another document"),
                        wrong("a key twice", "listener: {}\nlistener: {}\n", 2, "listener", "twice"))
                .map(wrong -> DynamicTest.dynamicTest(wrong.name, () -> {
                    gateway.writeSettings(wrong.yaml);
                    try {
                        assertRejected(wrong, "/config/proxy-stone.yaml");
                    } finally {
                        gateway.writeSettings(settings);
                    }
                    assertRecovers();
                }));
    }

    private static Wrong duration(String value, String says) {
        String yaml = UPSTREAM + "    timeouts: {connect: " + value + "}\n";
        return wrong(value, yaml, 4, "upstreams.a.timeouts.connect", says);
    }

    private static Wrong limit(String limit, String key, String says) {
        return wrong(limit, "listener:\n  limits: {" + limit + "}\n", 2, "listener.limits." + key, says);
    }

    private static Wrong url(String url, String says) {
        return wrong(url, "upstreams:\n  a:\n    targets:\n      - url: " + url, 4, "upstreams.a.targets.0.url", says);
    }

    private static void assertRejected(Wrong wrong, String file) throws Exception {
        gateway.reload();
        JsonNode finding = health().at("/revision/rejected/findings/0");
        assertThat(finding.path("file").asText()).endsWith(file);
        assertThat(finding.path("key").textValue()).isEqualTo(wrong.key);
        assertThat(finding.path("message").asText()).contains(wrong.says).doesNotContain("user:hunter2");
        assertThat(finding.path("line").asInt()).isEqualTo(wrong.line);
        assertThat(gateway.manage("/metrics").body()).contains("\nproxy_stone_revision_rejected 1");
        assertThat(gateway.get("/").body()).isEqualTo("served");
    }

    private static void assertRecovers() throws Exception {
        gateway.reload();
        assertThat(health().at("/revision/rejected").isMissingNode()).isTrue();
        assertThat(gateway.manage("/metrics").body()).contains("\nproxy_stone_revision_rejected 0");
        assertThat(gateway.get("/").body()).isEqualTo("served");
    }

    private static JsonNode health() throws Exception {
        return JSON.readTree(gateway.manage("/health").body());
    }
}
