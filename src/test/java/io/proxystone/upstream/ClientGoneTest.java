package io.proxystone.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.proxystone.testing.RawClient;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client that goes away cancels what only it wanted: its origin sees the connection close. */
class ClientGoneTest extends ScriptedOriginTest {
    private volatile CompletableFuture<Boolean> originSawEnd = new CompletableFuture<>();

    /** How a client leaves. */
    enum Leaving {
        CLOSE {
            @Override
            void leave(RawClient client) throws IOException {
                client.close();
            }
        },
        RESET {
            @Override
            void leave(RawClient client) throws IOException {
                client.reset();
            }
        };

        abstract void leave(RawClient client) throws IOException;
    }

    private void originAwaitsEndAfter(String octets) {
        CompletableFuture<Boolean> end = new CompletableFuture<>();
        originSawEnd = end;
        originMeetsHead((request, connection) -> {
            connection.send(octets);
            end.complete(connection.isClosedByPeer());
        });
    }

    private void assertOriginSawEnd() throws Exception {
        assertThat(originSawEnd.get(5, TimeUnit.SECONDS)).isTrue();
        await().until(() -> meter("active") == 0);
    }

    @ParameterizedTest
    @EnumSource
    void whileItWaitsForTheHead(Leaving leaving) throws Exception {
        originAwaitsEndAfter("");
        try (RawClient client = gateway.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            origin.take();
            leaving.leave(client);
            assertOriginSawEnd();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whileItWaitsForMoreContent(Leaving leaving) throws Exception {
        originAwaitsEndAfter("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
        try (RawClient client = gateway.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            client.readHead();
            client.readChunk();
            leaving.leave(client);
            assertOriginSawEnd();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whileContentFlows(Leaving leaving) throws Exception {
        CompletableFuture<Boolean> end = new CompletableFuture<>();
        originSawEnd = end;
        originAnswers((request, connection) -> {
            connection.send("HTTP/1.1 200 OK\r\n\r\n");
            try {
                while (true) {
                    connection.send(new byte[100_000]);
                }
            } catch (IOException e) {
                end.complete(true);
            }
        });
        try (RawClient client = gateway.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            client.readHead();
            client.readChunk();
            leaving.leave(client);
            assertOriginSawEnd();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whileItUploads(Leaving leaving) throws Exception {
        CompletableFuture<Boolean> end = new CompletableFuture<>();
        originSawEnd = end;
        originMeetsHead((request, connection) -> {
            connection.read(5);
            end.complete(connection.isClosedByPeer());
        });
        try (RawClient client = gateway.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\nhello");
            origin.take();
            leaving.leave(client);
            assertOriginSawEnd();
        }
    }

    @Test
    void clientThatOnlyClosesItsSendingSideGetsTheAnswer() throws Exception {
        originAnswers((request, connection) -> connection.respond(200, "hello"));
        try (RawClient client = gateway.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            client.halfClose();
            assertThat(client.read().text()).isEqualTo("hello");
            assertThat(client.isClosedByPeer()).isTrue();
        }
    }

    @Test
    void clientThatOnlyClosesItsSendingSideGetsALongAnswerWhole() throws Exception {
        originAnswers((request, connection) -> {
            connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (int i = 0; i < 6; i++) {
                connection.sendChunk("x");
                Thread.sleep(400);
            }
            connection.send("0\r\n\r\n");
        });
        try (RawClient client = gateway.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            client.halfClose();
            assertThat(client.read().text()).isEqualTo("xxxxxx");
        }
    }
}
