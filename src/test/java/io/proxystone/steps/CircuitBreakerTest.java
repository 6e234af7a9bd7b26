package io.proxystone.steps;

import static io.proxystone.RunningGateway.flow;
import static io.proxystone.RunningGateway.upstream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.proxystone.RunningGateway;
import io.proxystone.testing.Origin;
import io.proxystone.testing.RawClient;
import io.proxystone.testing.RawMessage;
import java.lang.management.ManagementFactory;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The circuitBreaker step around upstream: its states, its fallback, its timeout, and what JMX shows of it. */
class CircuitBreakerTest {
    private static final String SETTINGS =
            "resilience4jConfiguration: {minimumNumberOfCalls: 2, slidingWindowSize: 2, waitDurationInOpenState: 1,"
                    + " permittedNumberOfCallsInHalfOpenState: 1}";
    private static final MBeanServer JMX = ManagementFactory.getPlatformMBeanServer();

    private volatile int status = 200;
    private Origin origin;
    private RunningGateway gateway;

    @BeforeEach
    void start() throws Exception {
        origin = Origin.answering((request, connection) -> {
            if (request.startLine().contains("/slow")) {
                TimeUnit.MILLISECONDS.sleep(600);
            }
            connection.respond(status, "origin " + request.text());
        });
        gateway = RunningGateway.with()
                .property("proxy.threads", "1")
                .settings(upstream("origin", origin.port()))
                .flow("plain", flow("plain", "/plain", """
                    - circuitBreaker:
                        id: breaker
                        %s
                        steps: [{to: "upstream:origin?failOn=5xx"}]
                    """.formatted(SETTINGS)))
                .flow("fallback", flow("fallback", "/fallback", """
                    - circuitBreaker:
                        %s
                        steps:
                          - setBody: {constant: changed}
                          - to: {uri: "upstream:origin", parameters: {failOn: 5xx}}
                        onFallback:
                          steps:
                            - setHeader: {name: X-Rejected, simple: "${exchangeProperty.CamelCircuitBreakerResponseRejected}"}
                            - setHeader: {name: X-Fallback, simple: "${exchangeProperty.CamelCircuitBreakerResponseFromFallback}"}
                            - setBody: {simple: "fallback for ${body}"}
                    """.formatted(SETTINGS)))
                .flow("timeout", flow("timeout", "/timeout", """
                    - circuitBreaker:
                        resilience4jConfiguration: {timeoutEnabled: true, timeoutDuration: 200}
                        steps: [{to: upstream:origin}]
                    """))
                .flow("timeoutFallback", flow("timeoutFallback", "/late", """
                    - circuitBreaker:
                        resilience4jConfiguration: {timeoutEnabled: true, timeoutDuration: 200}
                        steps: [{to: upstream:origin}]
                        onFallback: {steps: [{setBody: {simple: "too late: ${threadName}"}}]}
                    """))
                .flow("bulkhead", flow("bulkhead", "/bulkhead", """
                    - circuitBreaker:
                        resilience4jConfiguration: {bulkheadEnabled: true, bulkheadMaxConcurrentCalls: 1}
                        steps: [{to: upstream:origin}]
                    """))
                .flow("throttled", flow("throttled", "/throttled", """
                    - throttle: {id: limiter, mode: ConcurrentRequests, rejectExecution: true, expression: {constant: 1}}
                    - to: upstream:origin
                    """))
                .start();
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
        origin.close();
    }

    @Test
    void failuresOpenItAndASuccessClosesItAgain() throws Exception {
        status = 503;
        assertThat(gateway.get("/plain").statusCode()).isEqualTo(502);
        assertThat(gateway.get("/plain").statusCode()).isEqualTo(502);
        origin.take();
        origin.take();
        var rejected = gateway.get("/plain");
        assertThat(rejected.statusCode()).isEqualTo(503);
        assertThat(rejected.headers().firstValue("Retry-After")).contains("1");
        assertThat(rejected.body()).contains("urn:proxy-stone:problem:unavailable");
        assertThat(origin.waiting()).as("an open circuit asks no origin").isZero();

        await().until(() -> gateway.get("/plain").statusCode() == 502);
        assertThat(gateway.get("/plain").statusCode())
                .as("half-open failed: open again")
                .isEqualTo(503);

        status = 200;
        await().until(() -> gateway.get("/plain").statusCode() == 200);
        assertThat(gateway.get("/plain").statusCode()).isEqualTo(200);
        assertThat(attribute("breaker", "CircuitBreakerState")).isEqualTo("CLOSED");
    }

    @Test
    void aFallbackAnswersWithTheRequestAsItWas() throws Exception {
        status = 500;
        try (RawClient client = gateway.connect()) {
            for (String rejected : new String[] {null, null, "true"}) {
                client.send("POST /fallback HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc");
                RawMessage answer = client.read();
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.text()).isEqualTo("fallback for abc");
                assertThat(answer.field("X-Fallback")).isEqualTo("true");
                assertThat(answer.field("X-Rejected")).isEqualTo(rejected);
            }
        }
    }

    @Test
    void stepsThatTakeTooLongAreGivenUp() throws Exception {
        assertThat(gateway.get("/timeout/slow").statusCode()).isEqualTo(504);
        assertThat(gateway.get("/late/slow").body()).startsWith("too late: loop-0");
        assertThat(gateway.get("/timeout/quick").body()).isEqualTo("origin ");
        await().until(() -> origin.waiting() == 3);
        assertThat(gateway.get("/late/quick").body()).isEqualTo("origin ");
    }

    @Test
    void aFullBulkheadRejects() throws Exception {
        rejectsTheSecond("/bulkhead");
    }

    @Test
    void aFullThrottleRejects() throws Exception {
        rejectsTheSecond("/throttled");
        assertThat(attribute("limiter", "Mode")).isEqualTo("ConcurrentRequests");
    }

    private void rejectsTheSecond(String path) throws Exception {
        try (RawClient first = gateway.connect()) {
            first.send("GET " + path + "/slow HTTP/1.1\r\nHost: a\r\n\r\n");
            origin.take();
            assertThat(gateway.get(path).statusCode()).isEqualTo(503);
            assertThat(first.read().status()).isEqualTo(200);
            assertThat(gateway.get(path).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void jmxShowsTheStateAndMovesIt() throws Exception {
        assertThat(attribute("breaker", "CircuitBreakerState")).isEqualTo("CLOSED");
        gateway.get("/plain");
        assertThat(attribute("breaker", "NumberOfSuccessfulCalls")).isEqualTo(1);
        status = 503;
        gateway.get("/plain");
        assertThat(attribute("breaker", "NumberOfFailedCalls")).isEqualTo(1);
        assertThat(attribute("breaker", "NumberOfBufferedCalls")).isEqualTo(2);
        assertThat(attribute("breaker", "FailureRate")).isEqualTo(50f);
        assertThat(attribute("breaker", "CircuitBreakerState")).isEqualTo("OPEN");
        gateway.get("/plain");
        assertThat(attribute("breaker", "NumberOfNotPermittedCalls")).isEqualTo(1L);
        assertThat(attribute("breaker", "CircuitBreakerMinimumNumberOfCalls")).isEqualTo(2);
        status = 200;
        JMX.invoke(name("breaker"), "transitionToCloseState", null, null);
        assertThat(gateway.get("/plain").statusCode()).isEqualTo(200);
        JMX.invoke(name("breaker"), "transitionToForcedOpenState", null, null);
        assertThat(gateway.get("/plain").statusCode()).isEqualTo(503);
        assertThat(attribute("breaker", "ExchangesTotal")).isEqualTo(5L);
    }

    private static ObjectName name(String step) throws Exception {
        Set<ObjectName> names =
                JMX.queryNames(new ObjectName("org.apache.camel:type=processors,name=\"" + step + "\",*"), null);
        assertThat(names).hasSize(1);
        return names.iterator().next();
    }

    private static Object attribute(String step, String attribute) throws Exception {
        return JMX.getAttribute(name(step), attribute);
    }
}
