package io.proxystone;

import static org.assertj.core.api.Assertions.assertThat;

import io.proxystone.testing.Origin;
import io.proxystone.testing.RawClient;
import io.proxystone.testing.RawMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps that put a message of their own in place of the HTTP message change its body and nothing else. */
class StepsThatReplaceTheMessageTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- setBody: {constant: new}",
                "- transform: {constant: new}",
                "- convertBodyTo: {type: String}",
                "- marshal: {json: {library: Jackson}}",
                "- setBody: {constant: new}\n- setHeader: {name: X-Set, constant: x}\n- removeHeader: {name: X-Set}",
                "- bean: {beanType: java.util.UUID, method: randomUUID}",
            })
    void theRequestGoesOnAsTheRequestItWas(String step) throws Exception {
        try (Origin origin = Origin.saying("hello");
                RunningGateway gateway = RunningGateway.with()
                        .flow("api", RunningGateway.flow("api", "/api/{id}", step + "\n- to: upstream:origin"))
                        .settings(RunningGateway.upstream("origin", origin.port()))
                        .start();
                RawClient client = gateway.connect()) {
            client.send("PUT /api/7/a%2Fb?q=%20 HTTP/1.1\r\nHost: a.example\r\nX-A: 1\r\nX-A: 2\r\nX-Request-Id: r1\r\n"
                    + "Content-Length: 3\r\n\r\nold");
            assertThat(client.read().status()).isEqualTo(200);
            RawMessage request = origin.take();
            assertThat(request.startLine()).isEqualTo("PUT /api/7/a%2Fb?q=%20 HTTP/1.1");
            assertThat(request.fields("X-A")).containsExactly("1", "2");
            assertThat(request.fields("id")).isEmpty();
            assertThat(request.field("X-Request-Id")).isEqualTo("r1");
            assertThat(request.field("X-Forwarded-For")).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void theResponseGoesOnAsTheResponseItWas() throws Exception {
        try (Origin origin = Origin.answering((request, connection) ->
                        connection.respond(201, "{}", "Set-Cookie: a=1", "Set-Cookie: b=2", "X-Mixed-CASE: x"));
                RunningGateway gateway = RunningGateway.with()
                        .flow("api", RunningGateway.flow("api", "", """
                        - to: upstream:origin
                        - setBody: {constant: new}
                        - setHeader: {name: X-Set, constant: s}
                        """))
                        .settings(RunningGateway.upstream("origin", origin.port()))
                        .start();
                RawClient client = gateway.connect()) {
            RawMessage response = client.get("/", "X-Mixed-CASE: of the request");
            assertThat(response.status()).isEqualTo(201);
            assertThat(response.text()).isEqualTo("new");
            assertThat(response.fields("Set-Cookie")).containsExactly("a=1", "b=2");
            assertThat(response.fields("X-Mixed-CASE")).containsExactly("x");
            assertThat(response.field("X-Set")).isEqualTo("s");
            assertThat(response.field("Via")).isEqualTo("1.1 proxy-stone");
        }
    }

    @Test
    void anAnswerHasNothingOfTheRequestButWhatStepsSet() throws Exception {
        try (RunningGateway gateway = RunningGateway.with()
                        .flow("hello", RunningGateway.flow("hello", "/hello/{name}", """
                        - setHeader: {name: X-Set, simple: "${header.X-Asked}"}
                        - setBody: {simple: "Hello ${header.name}"}
                        """))
                        .start();
                RawClient client = gateway.connect()) {
            RawMessage response = client.get("/hello/W%C3%B6rld", "X-Asked: yes");
            assertThat(response.text()).isEqualTo("Hello Wörld");
            assertThat(response.fields("name")).isEmpty();
            assertThat(response.fields("X-Asked")).isEmpty();
            assertThat(response.field("X-Set")).isEqualTo("yes");
        }
    }
}
