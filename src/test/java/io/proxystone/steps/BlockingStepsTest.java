package io.proxystone.steps;

import static io.proxystone.RunningGateway.flow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.proxystone.RunningGateway;
import io.proxystone.testing.LogCapture;
import io.proxystone.testing.RawClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Steps that wait inside: on a loop they fail and say what to do, or move to a thread; after {@code threads} they work. */
class BlockingStepsTest {
    private static RunningGateway gateway;

    private static String caught(String step) {
        return """
            - doTry:
                steps:
                  %s
                doCatch:
                  - exception: [java.lang.Exception]
                    steps: [{bean: {beanType: io.proxystone.steps.TestBeans, method: causes}}]
            """.formatted(step);
    }

    @BeforeAll
    static void start() throws Exception {
        String poll = "- pollEnrich: {id: thePoll, constant: \"seda:polled\", timeout: \"100\"}";
        String wait = "- bean: {id: theBean, beanType: io.proxystone.steps.TestBeans, method: askAndWait}";
        gateway = RunningGateway.with()
                .property("proxy.threads", "1")
                .flow("poll", flow("poll", "/poll", """
                    - to: {uri: "seda:polled", parameters: {waitForTaskToComplete: Never}}
                    """ + poll))
                .flow("pollOnThread", flow("pollOnThread", "/thread/poll", """
                    - to: {uri: "seda:polled", parameters: {waitForTaskToComplete: Never}}
                    - threads: {}
                    """ + poll.replace("thePoll", "pollThere")))
                .flow("wait", flow("wait", "/wait", caught(wait)))
                .flow(
                        "waitOnThread",
                        flow("waitOnThread", "/thread/wait", "- threads: {}\n" + wait.replace("theBean", "beanThere")))
                .flow(
                        "block",
                        flow("block", "/block", "- bean: {beanType: io.proxystone.steps.TestBeans, method: block}"))
                .flow("slow", """
                    - route:
                        from:
                          uri: direct:slow
                          steps:
                            - delay: {expression: {constant: 50}}
                            - setBody: {constant: waited}
                    """)
                .start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void aBeanThatAsksAndWaitsFailsOnALoopAndNamesThreads() throws Exception {
        try (RawClient client = gateway.connect()) {
            assertThat(client.get("/wait").text())
                    .contains("ProducerTemplate")
                    .contains("'threads'")
                    .contains("event loop");
        }
    }

    @Test
    void pollingMovesToAThread() throws Exception {
        try (RawClient client = gateway.connect()) {
            client.send("POST /poll HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc");
            assertThat(client.read().text()).isEqualTo("abc");
        }
    }

    @Test
    void afterThreadsTheyWork() throws Exception {
        try (RawClient client = gateway.connect()) {
            assertThat(client.get("/thread/wait").text()).isEqualTo("waited");
            client.send("POST /thread/poll HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc");
            assertThat(client.read().text()).isEqualTo("abc");
        }
    }

    @Test
    void aBeanThatBlocksTheLoopIsInTheLog() throws Exception {
        try (LogCapture log = new LogCapture("io.proxystone.edge.loop.StallWatch");
                RawClient client = gateway.connect()) {
            client.send("GET /block HTTP/1.1\r\nHost: a\r\n\r\n");
            await().until(() -> !log.messages().isEmpty());
            assertThat(log.messages().get(0)).contains("TestBeans.block").contains("'threads'");
            TestBeans.unblock();
            assertThat(client.read().text()).isEqualTo("unblocked");
        }
    }
}
