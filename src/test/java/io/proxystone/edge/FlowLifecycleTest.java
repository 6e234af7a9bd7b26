package io.proxystone.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.proxystone.RunningGateway;
import io.proxystone.testing.RawClient;
import io.proxystone.testing.RawMessage;
import java.lang.management.ManagementFactory;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Flows of a port that are many, and that an operator stops, starts and suspends by JMX. */
class FlowLifecycleTest {
    private static final int FLOWS = 500;
    private static final MBeanServer BEANS = ManagementFactory.getPlatformMBeanServer();

    private static RunningGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        StringBuilder flows = new StringBuilder();
        for (int i = 0; i < FLOWS; i++) {
            flows.append(RunningGateway.flow("flow-" + i, "/" + i, "- setBody: {constant: answer-" + i + "}"));
        }
        gateway = RunningGateway.with().flow("many", flows.toString()).start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void manyFlowsShareAPort() throws Exception {
        try (RawClient client = gateway.connect()) {
            for (int i = 0; i < FLOWS; i++) {
                assertThat(client.get("/" + i + "/x").text()).isEqualTo("answer-" + i);
            }
            assertThat(client.get("/" + FLOWS).status()).isEqualTo(404);
        }
    }

    @Test
    void stoppedFlowIsNotFoundUntilItStartsAgain() throws Exception {
        ObjectName route = bean("routes", "RouteId", "flow-7");
        try (RawClient client = gateway.connect()) {
            BEANS.invoke(route, "stop", null, null);
            assertThat(client.get("/7").status()).isEqualTo(404);
            assertThat(client.get("/8").status()).isEqualTo(200);
            BEANS.invoke(route, "start", null, null);
            assertThat(client.get("/7").text()).isEqualTo("answer-7");
        }
    }

    @Test
    void suspendedFlowAsksToComeBack() throws Exception {
        ObjectName consumer = bean("consumers", "RouteId", "flow-9");
        try (RawClient client = gateway.connect()) {
            BEANS.invoke(consumer, "suspend", null, null);
            RawMessage answer = client.get("/9");
            Refusals.assertProblem(answer, 503);
            assertThat(answer.field("Retry-After")).isEqualTo("1");
            assertThat(answer.field("Connection")).isNull();
            BEANS.invoke(consumer, "resume", null, null);
            assertThat(client.get("/9").text()).isEqualTo("answer-9");
        }
    }

    private static ObjectName bean(String type, String attribute, String value) throws Exception {
        for (ObjectName name : BEANS.queryNames(new ObjectName("org.apache.camel:type=" + type + ",*"), null)) {
            if (value.equals(BEANS.getAttribute(name, attribute))) {
                return name;
            }
        }
        throw new AssertionError("No MBean of " + type + " has the " + attribute + " " + value);
    }
}
