package io.proxystone.steps;

import static io.proxystone.RunningGateway.flow;
import static io.proxystone.RunningGateway.upstream;
import static org.assertj.core.api.Assertions.assertThat;

import io.proxystone.RunningGateway;
import io.proxystone.testing.RawClient;
import io.proxystone.testing.RawMessage;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * With one event loop and an origin that does not answer yet, other requests are answered, whatever steps stand around the
 * call to the origin; and when the origin answers, its answer comes through them.
 */
class FreeLoopTest {
    private static GatedOrigin origin;
    private static RunningGateway gateway;

    /** Steps of a flow, and the text a POST of {@code abc} gets from it. */
    private record Row(String name, String steps, String answer) {}

    private static final Row[] ROWS = {
        new Row("none", "- to: upstream:origin", "origin:abc"),
        new Row("toD", "- toD: upstream:${header.Which}", "origin:abc"),
        new Row("setBody", """
            - setBody: {simple: "<${body}>"}
            - to: upstream:origin
            - setBody: {simple: "[${body}]"}
            """, "[origin:<abc>]"),
        new Row("transform", """
            - transform: {simple: "${bodyAs(String).toUpperCase()}"}
            - to: upstream:origin
            """, "origin:ABC"),
        new Row("convertBodyTo", """
            - convertBodyTo: {type: String}
            - to: upstream:origin
            - convertBodyTo: {type: "byte[]"}
            """, "origin:abc"),
        new Row("choice", """
            - choice:
                when:
                  - simple: "${header.Which} == 'origin'"
                    steps: [{to: upstream:origin}]
                otherwise:
                  steps: [{setBody: {constant: no}}]
            """, "origin:abc"),
        new Row("filter", """
            - filter:
                simple: "${body} == 'abc'"
                steps: [{to: upstream:origin}]
            """, "origin:abc"),
        new Row("bean", """
            - bean: {beanType: io.proxystone.steps.TestBeans, method: reverse}
            - to: upstream:origin
            - bean: {beanType: io.proxystone.steps.TestBeans, method: reverse}
            """, "abc:nigiro"),
        new Row("script", """
            - script: {simple: "${header.Which}"}
            - to: upstream:origin
            """, "origin:abc"),
        new Row("threads", """
            - threads: {poolSize: 1, maxPoolSize: 2}
            - to: upstream:origin
            """, "origin:abc"),
        new Row("doTry", """
            - doTry:
                steps: [{to: upstream:origin}]
                doCatch:
                  - exception: [java.lang.Exception]
                    steps: [{setBody: {constant: caught}}]
                doFinally:
                  steps: [{setBody: {simple: "${body}, finally"}}]
            """, "origin:abc, finally"),
        new Row("enrich", """
            - enrich: {constant: "upstream:origin"}
            """, "origin:abc"),
        new Row("enrichAggregated", """
            - enrich:
                simple: "upstream:origin"
                aggregationStrategy: "#class:io.proxystone.steps.Joined"
            """, "abc+origin:abc"),
        new Row("multicast", """
            - multicast:
                aggregationStrategy: "#class:io.proxystone.steps.Joined"
                steps: [{to: upstream:origin}, {to: upstream:origin}]
            """, "origin:abc+origin:abc"),
        new Row("multicastParallel", """
            - multicast:
                parallelProcessing: true
                aggregationStrategy: "#class:io.proxystone.steps.Joined"
                steps: [{to: upstream:origin}, {to: upstream:origin}]
            """, "origin:abc+origin:abc"),
        new Row("wireTap", """
            - wireTap: {uri: "direct:ask"}
            - to: upstream:origin
            """, "origin:abc"),
        new Row("throttle", """
            - throttle: {expression: {constant: 1}}
            - to: upstream:origin
            """, "origin:abc"),
        new Row("delay", """
            - delay: {expression: {constant: 1}}
            - to: upstream:origin
            """, "origin:abc"),
        new Row("circuitBreaker", """
            - circuitBreaker:
                steps: [{to: upstream:origin}]
            """, "origin:abc"),
        new Row("circuitBreakerWithTimeout", """
            - circuitBreaker:
                resilience4jConfiguration: {timeoutEnabled: true, timeoutDuration: 9000}
                steps: [{to: upstream:origin}]
                onFallback: {steps: [{setBody: {constant: fallback}}]}
            """, "origin:abc"),
        new Row("circuitBreakerAroundThreads", """
            - circuitBreaker:
                steps: [{threads: {poolSize: 1}}, {to: upstream:origin}]
            """, "origin:abc"),
        new Row("split", """
            - split:
                tokenize: {token: b}
                aggregationStrategy: "#class:io.proxystone.steps.Joined"
                steps: [{to: upstream:origin}]
            """, "origin:a+origin:c"),
        new Row("splitParallel", """
            - split:
                tokenize: {token: b}
                parallelProcessing: true
                aggregationStrategy: "#class:io.proxystone.steps.Joined"
                steps: [{to: upstream:origin}]
            """, "origin:a+origin:c"),
        new Row("aggregate", """
            - aggregate:
                correlationExpression: {constant: all}
                completionSize: 1
                aggregationStrategy: "#class:io.proxystone.steps.Joined"
                steps: [{to: upstream:origin}]
            - to: upstream:origin
            """, "origin:abc"),
        new Row("loop", """
            - loop:
                constant: 2
                steps:
                  - removeHeaders: {pattern: "CamelHttpResponse*"}
                  - to: upstream:origin
            """, "origin:origin:abc"),
        new Row("recipientList", """
            - recipientList:
                constant: "upstream:origin,upstream:origin"
                aggregationStrategy: "#class:io.proxystone.steps.Joined"
            """, "origin:abc+origin:abc"),
        new Row("recipientListParallel", """
            - recipientList:
                constant: "upstream:origin,upstream:origin"
                parallelProcessing: true
                aggregationStrategy: "#class:io.proxystone.steps.Joined"
            """, "origin:abc+origin:abc"),
        new Row("routingSlip", """
            - routingSlip: {constant: "upstream:origin,direct:bracket"}
            """, "[origin:abc]"),
        new Row("dynamicRouter", """
            - dynamicRouter:
                method: {beanType: io.proxystone.steps.TestBeans, method: nextHop}
            """, "[origin:abc]"),
        new Row("loadBalance", """
            - loadBalance:
                roundRobinLoadBalancer: {}
                steps: [{to: upstream:origin}]
            """, "origin:abc"),
        new Row("failover", """
            - loadBalance:
                failoverLoadBalancer: {maximumFailoverAttempts: "1"}
                steps: [{to: direct:failing}, {to: upstream:origin}]
            """, "origin:abc"),
        new Row("direct", "- to: direct:ask", "origin:abc"),
        new Row("seda", "- to: seda:ask", "origin:abc"),
        new Row("step", """
            - step:
                steps: [{to: upstream:origin}]
            """, "origin:abc"),
        new Row("pipeline", """
            - pipeline:
                steps: [{to: upstream:origin}, {to: direct:bracket}]
            """, "[origin:abc]"),
        new Row("idempotentConsumer", """
            - idempotentConsumer:
                simple: "${exchangeId}"
                idempotentRepository: "#class:org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository"
                steps: [{to: upstream:origin}]
            """, "origin:abc"),
        new Row("nettyHttp", """
            - removeHeaders: {pattern: "CamelHttp*"}
            - to: {uri: "netty-http:http://127.0.0.1:{{origin.port}}/there"}
            """, "origin:abc"),
        new Row("onCompletion", """
            - onCompletion:
                steps: [{to: "seda:later?waitForTaskToComplete=Never"}]
            - to: upstream:origin
            """, "origin:abc"),
        new Row("templated", "- to: direct:templated", "origin:abc"),
    };

    private static final String SHARED = """
        - route:
            from:
              uri: direct:ask
              steps: [{to: upstream:origin}]
        - route:
            from:
              uri: seda:ask
              steps: [{to: upstream:origin}]
        - route:
            from:
              uri: seda:later
              steps: [{to: upstream:origin}]
        - route:
            from:
              uri: direct:bracket
              steps: [{setBody: {simple: "[${body}]"}}]
        - route:
            errorHandler: {noErrorHandler: {}}
            from:
              uri: direct:failing
              steps: [{throwException: {exceptionType: java.lang.IllegalStateException, message: on purpose}}]
        - routeTemplate:
            id: asking
            parameters: [{name: upstream}]
            from:
              uri: direct:templated
              steps: [{to: "upstream:{{upstream}}"}]
        - templatedRoute:
            routeTemplateRef: asking
            routeId: templated
            parameters: [{name: upstream, value: origin}]
        """;

    @BeforeAll
    static void start() throws Exception {
        origin = new GatedOrigin();
        RunningGateway.Builder builder = RunningGateway.with()
                .property("proxy.threads", "1")
                .property("origin.port", Integer.toString(origin.port()))
                .settings(upstream("origin", origin.port()))
                .flow("shared", SHARED)
                .flow("ping", flow("ping", "/ping", "- setBody: {constant: pong}"));
        for (Row row : ROWS) {
            builder.flow(row.name(), flow("flow-" + row.name(), "/" + row.name(), row.steps()));
        }
        gateway = builder.start();
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
        origin.close();
    }

    @TestFactory
    Stream<DynamicTest> otherRequestsAreAnsweredWhileThisOneWaits() {
        return Stream.of(ROWS).map(row -> DynamicTest.dynamicTest(row.name(), () -> check(row)));
    }

    private static void check(Row row) throws Exception {
        origin.shut();
        try (RawClient waiting = gateway.connect();
                RawClient other = gateway.connect()) {
            waiting.send(
                    "POST /" + row.name()
                            + " HTTP/1.1\r\nHost: a\r\nWhich: origin\r\nContent-Type: text/plain\r\nContent-Length: 3\r\n\r\nabc");
            origin.take();
            assertThat(other.get("/ping").text()).isEqualTo("pong");
            assertThat(waiting.socket().getInputStream().available()).isZero();
            origin.open();
            RawMessage answer = waiting.read();
            assertThat(answer.text()).isEqualTo(row.answer());
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.field("Which")).isNull();
        } finally {
            origin.open();
        }
    }
}
