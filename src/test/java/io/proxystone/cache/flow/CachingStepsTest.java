package io.proxystone.cache.flow;

import static io.proxystone.RunningGateway.flow;
import static io.proxystone.cache.flow.AnswerAssert.assertAnswer;
import static io.proxystone.cache.flow.LargeContent.octets;
import static io.proxystone.cache.flow.LargeContent.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.proxystone.RunningGateway;
import io.proxystone.cache.flow.LargeContent.Delimited;
import io.proxystone.testing.RawClient;
import io.proxystone.testing.RawMessage;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Camel's steps around the cache: before it, behind it as the origin, and after it. */
class CachingStepsTest extends CachingFlowTest {
    private static final String FRESH = "Cache-Control: max-age=60";

    @Override
    RunningGateway.Builder configure(RunningGateway.Builder builder) throws IOException {
        return builder.flow("routes", """
                    - route:
                        from:
                          uri: "direct:made"
                          steps:
                            - setHeader: {name: Cache-Control, constant: max-age=60}
                            - setHeader: {name: Content-Type, constant: text/plain}
                            - setBody: {simple: "made ${header.CamelHttpPath} ${random(1000000000)}"}
                    - route:
                        from:
                          uri: "direct:slow"
                          steps:
                            - delay: {constant: 200, asyncDelayed: true}
                            - setHeader: {name: Cache-Control, constant: max-age=60}
                            - setBody: {simple: "slow ${random(1000000000)}"}
                    - route:
                        from:
                          uri: "direct:enriched"
                          steps:
                            - setVariable: {name: asked, simple: "${header.X-Asked}"}
                            - to: {uri: "upstream:origin"}
                            - setHeader: {name: X-Origin-Route, simple: "${variable.asked}"}
                    - route:
                        errorHandler: {noErrorHandler: {}}
                        from:
                          uri: "direct:broken"
                          steps:
                            - throwException: {exceptionType: java.lang.IllegalStateException, message: broken}
                    """)
                .flow("made", flow("made", "/made", cached("default", "direct:made")))
                .flow("slow", flow("slow", "/slow", cached("default", "direct:slow")))
                .flow("enriched", flow("enriched", "/enriched", cached("default", "direct:enriched")))
                .flow("broken", flow("broken", "/broken", cached("default", "direct:broken")))
                .flow("before", flow("before", "/before", """
                    - setHeader: {name: CamelHttpPath, simple: "/shared${header.X-Rest}"}
                    """ + cached("default", "upstream:origin")))
                .flow("after", flow("after", "/after", cached("default", "upstream:origin") + """

                    - setHeader: {name: X-Added, simple: "${header.Content-Type}"}
                    """))
                .flow("convert", flow("convert", "/convert", cached("default", "upstream:origin") + """

                    - convertBodyTo: {type: String}
                    - setBody: {simple: "[${body}]"}
                    """))
                .flow("convertLarge", flow("convertLarge", "/large", cached("default", "upstream:origin") + """

                    - threads: {}
                    - convertBodyTo: {type: String}
                    - setBody: {simple: "${body.length}"}
                    """))
                .flow("replaced", flow("replaced", "/replaced", cached("default", "upstream:origin") + """

                    - setBody: {constant: "something else"}
                    """))
                .flow("caught", flow("caught", "/caught", """
                    - doTry:
                        steps:
                          - to: {uri: "http-cache:default", parameters: {origin: "direct:broken"}}
                        doCatch:
                          - exception: [java.lang.Exception]
                            steps: [{setBody: {constant: caught}}]
                    """))
                .flow("twice", flow("twice", "/twice", """
                    - enrich: {constant: "http-cache:default?origin=upstream:origin"}
                    """))
                .flow("tap", flow("tap", "/tap", """
                    - setHeader: {name: CamelHttpPath, simple: "${header.X-Path}"}
                    - wireTap: {uri: "direct:warm"}
                    - setBody: {constant: tapped}
                    """) + """
                    - route:
                        from:
                          uri: "direct:warm"
                          steps: [{to: {uri: "http-cache:default", parameters: {origin: "upstream:origin"}}}]
                    """)
                .settings(settings(""));
    }

    @Test
    void anyRouteIsAnOrigin() throws Exception {
        RawMessage first = client.get("/made" + path);
        assertAnswer(first).isMiss().isStored();
        assertAnswer(client.get("/made" + path)).isHit().hasText(first.text()).hasField("Content-Type", "text/plain");
        assertThat(client.get("/made" + path + "/other").text()).isNotEqualTo(first.text());
    }

    @Test
    void routeThatWaitsIsAnOrigin() throws Exception {
        RawMessage first = client.get("/slow" + path);
        assertAnswer(first).isMiss().isStored();
        assertAnswer(client.get("/slow" + path)).isHit().hasText(first.text());
    }

    @Test
    void clientThatLeavesARouteThatWaitsLeavesNothingBehind() throws Exception {
        try (RawClient leaving = gateway.connect()) {
            leaving.send("GET /slow" + path + " HTTP/1.1\r\nHost: example.test\r\n\r\n");
            awaitInFlight(1);
        }
        awaitInFlight(0);
        assertAnswer(client.get("/slow" + path)).hasStatus(200);
    }

    @Test
    void stepsOfTheOriginRouteAreStoredWithTheResponse() throws Exception {
        originSays(FRESH);
        assertAnswer(client.get("/enriched" + path, "X-Asked: 1")).isMiss().hasField("X-Origin-Route", "1");
        assertAnswer(client.get("/enriched" + path, "X-Asked: 2"))
                .isHit()
                .hasField("X-Origin-Route", "1")
                .hasText("answer 1");
        assertReachedOrigin(1);
    }

    @Test
    void routeThatFailsFailsTheRequest() throws Exception {
        assertThat(client.get("/broken" + path).status()).isEqualTo(500);
        assertThat(client.get("/broken" + path).status()).isEqualTo(500);
        assertThat(client.get("/caught" + path).text()).isEqualTo("caught");
    }

    @Test
    void stepsBeforeTheCacheSetItsKey() throws Exception {
        originSays(FRESH);
        client.get("/before/a", "X-Rest: " + path);
        assertThat(reached(1).startLine()).isEqualTo("GET /shared" + path + " HTTP/1.1");
        assertAnswer(client.get("/before/b", "X-Rest: " + path)).isHit();
        assertReachedOrigin(1);
    }

    @Test
    void stepsAfterTheCacheSeeMissAndHitAlike() throws Exception {
        originSays(FRESH, "Content-Type: text/plain");
        assertAnswer(client.get("/after" + path)).isMiss().hasField("X-Added", "text/plain");
        assertAnswer(client.get("/after" + path))
                .isHit()
                .hasField("X-Added", "text/plain")
                .hasText("answer 1");
        assertReachedOrigin(1);
    }

    @Test
    void contentIsConvertedOnMissAndHit() throws Exception {
        originSays(FRESH, "Content-Type: text/plain");
        assertAnswer(client.get("/convert" + path)).isMiss().hasText("[answer 1]");
        assertAnswer(client.get("/convert" + path)).isHit().hasText("[answer 1]");
        assertReachedOrigin(1);
    }

    @Test
    void largeContentIsConvertedAfterThreadsOnMissAndHit() throws Exception {
        byte[] octets = "x".repeat(300_000).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        originAnswers((request, connection) -> Delimited.BY_LENGTH.send(octets, FRESH, connection));
        assertAnswer(client.get("/large" + path)).isMiss().hasText("300000");
        assertAnswer(client.get("/large" + path)).isHit().hasText("300000");
        assertReachedOrigin(1);
    }

    @Test
    void contentThatAStepReplacesIsStoredAllTheSame() throws Exception {
        byte[] octets = octets(300_000);
        originAnswers((request, connection) -> Delimited.BY_LENGTH.send(octets, FRESH, connection));
        for (int i = 0; i < 3; i++) {
            assertThat(client.get("/replaced" + path).text()).isEqualTo("something else");
        }
        assertThat(reachedSoFar()).isBetween(1, 3);
        awaitHit("/replaced" + path);
    }

    private void awaitHit(String target) {
        org.awaitility.Awaitility.await()
                .untilAsserted(() -> assertAnswer(client.get(target)).isHit());
    }

    @Test
    void exchangesOfTheirOwnAreAnsweredToo() throws Exception {
        byte[] octets = octets(300_000);
        originAnswers((request, connection) -> Delimited.BY_LENGTH.send(octets, FRESH, connection));
        for (int i = 0; i < 2; i++) {
            assertThat(sum(client.get("/twice" + path).body())).isEqualTo(sum(octets));
        }
        assertReachedOrigin(1);
    }

    @Test
    void pathsAreSharedByFlowsOfTheSameCache() throws Exception {
        originSays(FRESH);
        get();
        try (RawClient other = gateway.connect()) {
            assertAnswer(other.get(path)).isHit();
        }
    }

    @Test
    void exchangesThatNobodyAwaitsFillTheCache() throws Exception {
        byte[] octets = octets(300_000);
        originAnswers((request, connection) -> Delimited.BY_LENGTH.send(octets, FRESH, connection));
        assertThat(client.get("/tap", "X-Path: " + path).text()).isEqualTo("tapped");
        awaitHit(path);
        assertThat(sum(get().body())).isEqualTo(sum(octets));
        assertReachedOrigin(1);
    }

    @Test
    void routesWithoutAClientFillTheCache() throws Exception {
        originSays(FRESH);
        try (RunningGateway own = RunningGateway.with()
                        .flow("gateway", flow("gateway", "", cached("default", "upstream:origin")))
                        .flow("timer", """
                            - route:
                                from:
                                  uri: "timer:warm?repeatCount=1&delay=0"
                                  steps:
                                    - setHeader: {name: Host, constant: example.test}
                                    - setHeader: {name: CamelHttpPath, simple: "PATH"}
                                    - to: {uri: "http-cache:default", parameters: {origin: "upstream:origin"}}
                            """.replace("PATH", path))
                        .settings(settings(""))
                        .start();
                RawClient each = own.connect()) {
            await().until(() -> each.get(path, "Cache-Control: only-if-cached").status() == 200);
            assertAnswer(each.get(path)).isHit().hasText("answer 1");
            assertReachedOrigin(1);
        }
    }
}
