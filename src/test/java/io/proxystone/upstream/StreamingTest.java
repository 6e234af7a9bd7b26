package io.proxystone.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.proxystone.RunningGateway;
import io.proxystone.testing.RawClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Content streams through in both directions, at once and with back-pressure, on a single event loop. */
class StreamingTest extends ScriptedOriginTest {
    private static final int PIECE = 64 * 1024;
    private static final long LARGE = 256L * 1024 * 1024;
    /** What the gateway may hold of content that nobody takes. */
    private static final long BOUND = 8L * 1024 * 1024;

    private final byte[] piece = new byte[PIECE];

    @Override
    RunningGateway.Builder configure(RunningGateway.Builder builder) throws IOException {
        new Random(1).nextBytes(piece);
        return super.configure(builder.property("proxy.threads", "1"));
    }

    private static long memory() {
        return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT)
                .metric()
                .usedDirectMemory();
    }

    /** Sends pieces and counts them. */
    private interface Sender {
        void send(byte[] octets) throws IOException;
    }

    private byte[] sendAll(Sender sender, long size, AtomicLong sent) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (long i = 0; i < size; i += PIECE) {
            byte[] next = Arrays.copyOf(piece, (int) Math.min(PIECE, size - i));
            next[0] = (byte) (i / PIECE);
            digest.update(next);
            sender.send(next);
            sent.addAndGet(next.length);
        }
        return digest.digest();
    }

    private static void awaitStall(AtomicLong sent) {
        long[] last = {-1};
        await().pollDelay(Duration.ofMillis(500))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> {
                    boolean stalled = sent.get() == last[0];
                    last[0] = sent.get();
                    return stalled;
                });
    }

    private static byte[] digest(RawClient client, long size) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (long left = size; left > 0; left -= PIECE) {
            digest.update(client.read((int) Math.min(PIECE, left)));
        }
        return digest.digest();
    }

    @Test
    void downloadStallsAtTheOriginWhileTheClientDoesNotRead() throws Exception {
        AtomicLong sent = new AtomicLong();
        CompletableFuture<byte[]> expected = new CompletableFuture<>();
        originAnswers((request, connection) -> {
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: " + LARGE + "\r\n\r\n");
            expected.complete(sendAll(connection::send, LARGE, sent));
        });
        long before = memory();
        try (RawClient client = gateway.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            client.readHead();
            awaitStall(sent);
            assertThat(sent.get()).isLessThan(LARGE / 2);
            assertThat(memory() - before).isLessThan(BOUND);
            try (RawClient other = gateway.connect()) {
                originAnswers((request, connection) -> connection.respond(200, "not held up"));
                assertThat(other.get("/").text()).isEqualTo("not held up");
            }
            byte[] received = digest(client, LARGE);
            assertThat(received).isEqualTo(expected.get(10, TimeUnit.SECONDS));
            assertThat(memory() - before).isLessThan(BOUND);
        }
    }

    @Test
    void restThatComesWithTheEndReachesAClientThatReadsLater() throws Exception {
        long size = 96L * 1024 * 1024;
        AtomicLong sent = new AtomicLong();
        CompletableFuture<byte[]> expected = new CompletableFuture<>();
        originAnswers((request, connection) -> {
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: " + size + "\r\nConnection: close\r\n\r\n");
            expected.complete(sendAll(connection::send, size, sent));
            connection.close();
        });
        try (RawClient client = gateway.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            client.readHead();
            // Reading fast makes the kernel's buffers grow; then nothing is read while the rest and the end arrive.
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            long read = 0;
            while (sent.get() < size && read < size) {
                digest.update(client.read(PIECE));
                read += PIECE;
            }
            await().until(() -> expected.isDone() && origin.openConnections() == 0);
            for (; read < size; read += PIECE) {
                digest.update(client.read(PIECE));
            }
            assertThat(digest.digest()).isEqualTo(expected.get());
        }
    }

    @Test
    void uploadStallsAtTheClientWhileTheOriginDoesNotRead() throws Exception {
        Semaphore mayRead = new Semaphore(0);
        originMeetsHead((head, connection) -> {
            mayRead.acquire();
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (long left = LARGE; left > 0; left -= PIECE) {
                digest.update(connection.read((int) Math.min(PIECE, left)));
            }
            connection.respond(200, HexFormat.of().formatHex(digest.digest()));
        });
        long before = memory();
        AtomicLong sent = new AtomicLong();
        try (RawClient client = gateway.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + LARGE + "\r\n\r\n");
            CompletableFuture<byte[]> expected = new CompletableFuture<>();
            Thread upload = new Thread(() -> {
                try {
                    expected.complete(sendAll(client::send, LARGE, sent));
                } catch (Exception e) {
                    expected.completeExceptionally(e);
                }
            });
            upload.start();
            awaitStall(sent);
            assertThat(sent.get()).isLessThan(LARGE / 2);
            assertThat(memory() - before).isLessThan(BOUND);
            mayRead.release();
            byte[] sum = expected.get(30, TimeUnit.SECONDS);
            assertThat(client.read().text()).isEqualTo(HexFormat.of().formatHex(sum));
            assertThat(memory() - before).isLessThan(BOUND);
        }
    }

    @Test
    void eachEventIsSeenBeforeTheNextIsSent() throws Exception {
        Semaphore seen = new Semaphore(0);
        originAnswers((request, connection) -> {
            connection.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (int i = 0; i < 20; i++) {
                connection.sendChunk("data: " + i + "\n\n");
                assertThat(seen.tryAcquire(5, TimeUnit.SECONDS)).isTrue();
            }
            connection.send("0\r\n\r\n");
        });
        try (RawClient client = gateway.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            client.readHead();
            for (int i = 0; i < 20; i++) {
                // The chunk's own end is awaited too, as many clients do before they look at its content.
                assertThat(new String(client.readChunk(), StandardCharsets.US_ASCII))
                        .isEqualTo("data: " + i + "\n\n");
                seen.release();
            }
            assertThat(client.readChunk()).isEmpty();
        }
    }

    @Test
    void eachPieceOfContentWithALengthIsSeenBeforeTheNextIsSent() throws Exception {
        Semaphore seen = new Semaphore(0);
        originAnswers((request, connection) -> {
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
            for (int i = 0; i < 10; i++) {
                connection.send(new byte[100_000]);
                assertThat(seen.tryAcquire(5, TimeUnit.SECONDS)).isTrue();
            }
        });
        try (RawClient client = gateway.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            client.readHead();
            for (int i = 0; i < 10; i++) {
                client.read(100_000);
                seen.release();
            }
        }
    }
}
