package io.proxystone.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.proxystone.RunningGateway;
import io.proxystone.testing.RawClient;
import io.proxystone.testing.RawMessage;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What an origin sees when the peer is a trusted proxy, Host is rewritten and the target has a base path. */
class TrustedProxyTest extends ScriptedOriginTest {

    @Override
    RunningGateway.Builder configure(RunningGateway.Builder builder) throws IOException {
        return builder.settings("""
                listener:
                  trusted-proxies: [127.0.0.0/8]
                upstreams:
                  origin:
                    targets: [{url: "http://127.0.0.1:%d/base/%%7Epath/"}]
                    host: rewrite
                """.formatted(origin.port()));
    }

    @Test
    void proxysClaimsAreContinued() throws Exception {
        RawMessage request = getWith(
                "X-Forwarded-For: 10.0.0.1, 10.0.0.2",
                "X-Forwarded-For: 10.0.0.3",
                "X-Forwarded-Proto: https",
                "X-Forwarded-Host: public.test",
                "X-Forwarded-Port: 443",
                "Forwarded: for=10.0.0.1;proto=https",
                "Forwarded: for=\"[2001:db8::1]\"");
        assertThat(request.field("X-Forwarded-For")).isEqualTo("10.0.0.1, 10.0.0.2, 10.0.0.3, 127.0.0.1");
        assertThat(request.field("X-Forwarded-Proto")).isEqualTo("https");
        assertThat(request.field("X-Forwarded-Host")).isEqualTo("public.test");
        assertThat(request.field("X-Forwarded-Port")).isEqualTo("443");
        assertThat(request.field("Forwarded"))
                .isEqualTo("for=10.0.0.1;proto=https, for=\"[2001:db8::1]\", "
                        + "for=127.0.0.1;host=\"example.test\";proto=http");
    }

    @Test
    void proxyWithoutClaimsIsTheClient() throws Exception {
        RawMessage request = getWith();
        assertThat(request.field("X-Forwarded-For")).isEqualTo("127.0.0.1");
        assertThat(request.field("X-Forwarded-Proto")).isEqualTo("http");
        assertThat(request.field("X-Forwarded-Host")).isEqualTo("example.test");
        assertThat(request.field("Forwarded")).isEqualTo("for=127.0.0.1;host=\"example.test\";proto=http");
    }

    @Test
    void hostIsTheTargets() throws Exception {
        assertThat(getWith().field("Host")).isEqualTo("127.0.0.1:" + origin.port());
    }

    @Test
    void pathIsAppendedToTheTargetsOctetByOctet() throws Exception {
        try (RawClient client = gateway.connect()) {
            client.get("/%7Ex//y?/q");
            assertThat(origin.take().startLine()).isEqualTo("GET /base/%7Epath/%7Ex//y?/q HTTP/1.1");
            client.get("/");
            assertThat(origin.take().startLine()).isEqualTo("GET /base/%7Epath/ HTTP/1.1");
            client.get("/?a");
            assertThat(origin.take().startLine()).isEqualTo("GET /base/%7Epath/?a HTTP/1.1");
        }
    }
}
