package io.proxystone;

import static org.assertj.core.api.Assertions.assertThat;

import io.proxystone.testing.Origin;
import io.proxystone.testing.RawClient;
import io.proxystone.testing.RawMessage;
import org.junit.jupiter.api.Test;

/** The shortest flow: everything to one origin. */
class PassThroughTest {

    @Test
    void targetReachesTheOriginOctetByOctet() throws Exception {
        try (Origin origin = Origin.saying("hello");
                RunningGateway gateway =
                        RunningGateway.with().passThrough(origin.port()).start();
                RawClient client = gateway.connect()) {
            RawMessage response = client.get("/a%2Fb/%7Ec//d;x=1?q=%20&&u=:8080/p+|x");
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.text()).isEqualTo("hello");
            assertThat(origin.take().startLine()).isEqualTo("GET /a%2Fb/%7Ec//d;x=1?q=%20&&u=:8080/p+|x HTTP/1.1");
        }
    }
}
