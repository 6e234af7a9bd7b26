package io.proxystone.clients;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.proxystone.RunningGateway;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The JDK's client, which asks for HTTP/2 with every first request. */
class JavaHttpClientTest {
    private static final byte[] LARGE = octets(4_000_000);

    private static Site site;
    private static RunningGateway gateway;

    private final HttpClient client = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .cookieHandler(new CookieManager())
            .build();

    @BeforeAll
    static void start() throws Exception {
        site = new Site()
                .on("/echo", JavaHttpClientTest::echo)
                .page("/page", "text/plain", "page")
                .on("/socket", exchange -> {
                    boolean upgrades = exchange.getRequestHeaders().containsKey("Upgrade");
                    Site.respond(exchange, upgrades ? 500 : 426, new byte[0]);
                })
                .on("/login", exchange -> {
                    exchange.getResponseHeaders().set("Location", "/cookies");
                    exchange.getResponseHeaders().add("Set-Cookie", "a=1");
                    Site.respond(exchange, 303, new byte[0]);
                })
                .on("/cookies", exchange -> {
                    String cookies = exchange.getRequestHeaders().getFirst("Cookie");
                    Site.respond(exchange, 200, String.valueOf(cookies).getBytes(US_ASCII));
                });
        gateway = RunningGateway.with().passThrough(site.port()).start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        site.close();
    }

    private static void echo(HttpExchange exchange) throws IOException {
        String length = exchange.getRequestHeaders().getFirst("Content-Length");
        exchange.sendResponseHeaders(200, length == null ? 0 : Long.parseLong(length));
        exchange.getRequestBody().transferTo(exchange.getResponseBody());
    }

    private static byte[] octets(int count) {
        byte[] octets = new byte[count];
        new Random(4).nextBytes(octets);
        return octets;
    }

    private static HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + path));
    }

    @Test
    void isAnsweredWithHttp11WhenItAsksForHttp2() throws Exception {
        HttpResponse<String> response = client.send(to("/page").build(), BodyHandlers.ofString());
        assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
        assertThat(response.body()).isEqualTo("page");
    }

    @Test
    void sendsAndGetsLargeContent() throws Exception {
        List<HttpRequest> requests = List.of(
                to("/echo").POST(BodyPublishers.ofByteArray(LARGE)).build(),
                to("/echo")
                        .expectContinue(true)
                        .PUT(BodyPublishers.ofByteArray(LARGE))
                        .build(),
                to("/echo")
                        .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(LARGE)))
                        .build());
        for (HttpRequest request : requests) {
            HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEqualTo(LARGE);
        }
    }

    @Test
    void getsAHead() throws Exception {
        HttpResponse<String> response =
                client.send(to("/page").method("HEAD", BodyPublishers.noBody()).build(), BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void sendsManyRequestsAtOnce() {
        List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, 200)
                .mapToObj(i ->
                        to("/echo").POST(BodyPublishers.ofString("text " + i)).build())
                .map(request -> client.sendAsync(request, BodyHandlers.ofString()))
                .toList();
        for (int i = 0; i < answers.size(); i++) {
            HttpResponse<String> answer =
                    answers.get(i).orTimeout(30, TimeUnit.SECONDS).join();
            assertThat(answer.body()).isEqualTo("text " + i);
        }
    }

    @Test
    void followsARedirectWithACookie() throws Exception {
        HttpResponse<String> response = client.send(to("/login").build(), BodyHandlers.ofString());
        assertThat(response.body()).isEqualTo("a=1");
    }

    @Test
    void isRefusedAWebSocketByTheOriginWhichSeesNoUpgrade() {
        CompletableFuture<WebSocket> socket = client.newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + gateway.port() + "/socket"), new WebSocket.Listener() {});
        assertThat(socket)
                .failsWithin(10, TimeUnit.SECONDS)
                .withThrowableOfType(ExecutionException.class)
                .havingCause()
                .isInstanceOfSatisfying(WebSocketHandshakeException.class, refusal -> assertThat(
                                refusal.getResponse().statusCode())
                        .isEqualTo(426));
    }
}
