package io.proxystone.cache.flow;

import static io.proxystone.cache.flow.AnswerAssert.assertAnswer;
import static org.assertj.core.api.Assertions.assertThat;

import io.proxystone.RunningGateway;
import io.proxystone.testing.RawMessage;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the settings say about some requests and responses. */
class CachingRulesTest extends CachingFlowTest {
    private static final String FRESH = "Cache-Control: max-age=60";

    @Override
    RunningGateway.Builder configure(RunningGateway.Builder builder) throws IOException {
        return builder.settings(settings("""
            caches:
              default:
                rules:
                  - {name: aside, match: {path: "*/aside"}, bypass: true}
                  - {name: fixed, match: {path: "*/fixed"}, ttl: 60s}
                  - {name: missing, match: {status: "404"}, ttl: 30s}
                  - {name: pictures, match: {content-type: image/*}, min-ttl: 1h}
                  - {name: insistent, match: {path: "*/insistent"}, client-cache-control: ignore}
                  - {name: tidy, match: {path: "*/tidy"}, key: {query: {drop: ["utm_*"], sort: true}}}
                  - {name: tenant, match: {path: "*/tenant"}, key: {headers: [X-Tenant], cookies: [plan]}}
                  - {name: search, match: {path: "*/search"}, body-methods: [POST], ttl: 60s}
            """));
    }

    private RawMessage post(String target, String content, String... fields) throws IOException {
        StringBuilder request = new StringBuilder("POST " + target + " HTTP/1.1\r\nHost: example.test\r\n");
        for (String field : fields) {
            request.append(field).append("\r\n");
        }
        client.send(request + "Content-Length: " + content.length() + "\r\n\r\n" + content);
        return client.read();
    }

    @Test
    void bypassStaysOutOfIt() throws Exception {
        originSays(FRESH);
        assertThat(client.get(path + "/aside").field("Cache-Status")).contains("fwd=bypass", "detail=\"aside\"");
        assertAnswer(client.get(path + "/aside")).isMiss().isNotStored();
        assertReachedOrigin(2);
    }

    @Test
    void ttlCountsWhateverTheResponseSaysOfItsLifetime() throws Exception {
        originSays("X-A: b");
        client.get(path + "/fixed");
        assertThat(client.get(path + "/fixed").field("Cache-Status"))
                .startsWith("proxy-stone;hit;")
                .contains("fixed");
        assertReachedOrigin(1);
    }

    @Test
    void ttlByStatus() throws Exception {
        originAnswers((request, connection) -> connection.respond(404, "none"));
        assertAnswer(get()).isMiss().isStored();
        assertAnswer(get()).isHit().hasStatus(404);
        assertReachedOrigin(1);
    }

    @Test
    void lifetimeByContentType() throws Exception {
        originSays("Content-Type: image/png", "Cache-Control: max-age=1", "Age: 5");
        assertAnswer(get()).isMiss().isStored();
        assertAnswer(get()).isHit();
        assertReachedOrigin(1);
    }

    @Test
    void directivesOfTheClientCanBeIgnored() throws Exception {
        originSays(FRESH);
        client.get(path + "/insistent");
        assertAnswer(client.get(path + "/insistent", "Cache-Control: no-cache")).isHit();
        assertReachedOrigin(1);
    }

    @Test
    void keyDropsAndSortsTheQuery() throws Exception {
        originSays(FRESH);
        client.get(path + "/tidy?b=2&utm_source=x&a=1");
        assertThat(reached(1).startLine()).contains("?b=2&utm_source=x&a=1");
        assertAnswer(client.get(path + "/tidy?a=1&b=2")).isHit();
        assertAnswer(client.get(path + "/tidy?utm_medium=y&b=2&a=1")).isHit();
        assertAnswer(client.get(path + "/tidy?a=1&b=3")).isMiss();
        assertReachedOrigin(2);
    }

    @Test
    void keyHasHeadersAndCookies() throws Exception {
        originSays(FRESH);
        client.get(path + "/tenant", "X-Tenant: a", "Cookie: plan=gold; other=1");
        assertAnswer(client.get(path + "/tenant", "X-Tenant: a", "Cookie: other=2; plan=gold"))
                .isHit();
        assertAnswer(client.get(path + "/tenant", "X-Tenant: b", "Cookie: plan=gold"))
                .isMiss();
        assertAnswer(client.get(path + "/tenant", "X-Tenant: a", "Cookie: plan=free"))
                .isMiss();
        assertReachedOrigin(3);
    }

    @Test
    void postIsAHitForTheSameContent() throws Exception {
        originSays("Content-Type: application/json");
        assertAnswer(post(path + "/search", "{\"a\": 1, \"b\": [1, 2]}", "Content-Type: application/json"))
                .isMiss()
                .isStored()
                .hasText("answer 1");
        assertThat(reached(1).text()).isEqualTo("{\"a\": 1, \"b\": [1, 2]}");
        assertAnswer(post(path + "/search", "{\"b\":[1,2],\"a\":1}", "Content-Type: application/json"))
                .isHit()
                .hasText("answer 1");
        assertAnswer(post(path + "/search", "{\"b\":[2,1],\"a\":1}", "Content-Type: application/json"))
                .isMiss()
                .hasText("answer 2");
        assertAnswer(post(path + "/search", "a=1")).isMiss();
        assertAnswer(post(path + "/search", "a=1")).isHit();
        assertAnswer(post(path + "/search", "a=2")).isMiss();
        assertReachedOrigin(4);
    }

    @Test
    void postIsNotAHitForGet() throws Exception {
        originSays(FRESH);
        post(path + "/search", "a=1");
        assertAnswer(client.get(path + "/search")).isMiss();
        assertReachedOrigin(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/other"})
    void postIsNotStoredWithoutARule(String more) throws Exception {
        originSays(FRESH);
        assertAnswer(post(path + more, "a=1")).isMiss().isNotStored();
        assertAnswer(post(path + more, "a=1")).isMiss();
        assertReachedOrigin(2);
    }

    @Test
    void postContentThatStreamsIsNotCached() throws Exception {
        originSays(FRESH);
        String large = "x".repeat(3_000_000);
        assertAnswer(post(path + "/search", large)).isMiss().isNotStored();
        assertThat(reached(1).text()).isEqualTo(large);
    }
}
