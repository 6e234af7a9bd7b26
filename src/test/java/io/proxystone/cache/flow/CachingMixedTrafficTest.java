package io.proxystone.cache.flow;

import static io.proxystone.cache.flow.LargeContent.octets;
import static io.proxystone.cache.flow.LargeContent.sendHead;
import static io.proxystone.cache.flow.LargeContent.sendPieces;
import static io.proxystone.cache.flow.LargeContent.sum;
import static org.assertj.core.api.Assertions.assertThat;

import io.proxystone.RunningGateway;
import io.proxystone.cache.flow.LargeContent.Delimited;
import io.proxystone.testing.Origin;
import io.proxystone.testing.RawClient;
import io.proxystone.testing.RawMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Clients that read, change, take parts and leave, an origin that fails now and then, and a store that is too small for all. */
class CachingMixedTrafficTest extends CachingFlowTest {
    private static final int CLIENTS = 12;
    private static final int REQUESTS = 120;
    private static final List<Delimited> DELIMITED =
            List.of(Delimited.BY_LENGTH, Delimited.BY_CHUNKS, Delimited.BY_CLOSE);
    private static final int[] SIZES = {0, 100, 30_000, 65_536, 70_000, 150_000, 400_000};

    private final AtomicInteger turn = new AtomicInteger();
    private int whole;

    @Override
    RunningGateway.Builder configure(RunningGateway.Builder builder) throws IOException {
        return builder.property("proxy.threads", "4").settings(settings("""
            caches: {default: {memory: {size: 1MiB, max-entry: 300KiB}, collapse: {buffer: 100KiB}}}
            """));
    }

    private static int sizeOf(String target) {
        return SIZES[Integer.parseInt(target.substring(target.lastIndexOf('/') + 1))];
    }

    private void answer(RawMessage request, Origin.Connection connection) throws IOException {
        String[] line = request.startLine().split(" ");
        if (!line[0].equals("GET")) {
            connection.respond(200, "");
            return;
        }
        byte[] octets = octets(sizeOf(line[1]));
        int number = turn.incrementAndGet();
        if (number % 11 == 0) {
            connection.respond(503, "broken");
        } else if (number % 13 == 0 && octets.length > 1000) {
            sendHead("Content-Length: " + octets.length, "Cache-Control: max-age=60", connection);
            sendPieces(octets, 0, octets.length / 2, connection);
            connection.reset();
        } else {
            String field = number % 7 == 0
                    ? "Cache-Control: no-store"
                    : number % 5 == 0
                            ? "Cache-Control: max-age=1, stale-while-revalidate=60\r\nAge: 3"
                            : "Cache-Control: max-age=60";
            DELIMITED.get(number % DELIMITED.size()).send(octets, field, connection);
        }
    }

    private int useAsClient(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        int complete = 0;
        RawClient own = gateway.connect();
        for (int i = 0; i < REQUESTS; i++) {
            String target = path + "/" + random.nextInt(SIZES.length);
            byte[] expected = octets(sizeOf(target));
            int kind = random.nextInt(20);
            try {
                if (kind == 0) {
                    own.exchange("PUT", target, "Content-Length: 0");
                } else if (kind == 1) {
                    own.exchange("HEAD", target);
                } else if (kind == 2) {
                    own.send("GET " + target + " HTTP/1.1\r\nHost: example.test\r\n\r\n");
                    own.readHead();
                    own.reset();
                    own = gateway.connect();
                } else if (kind == 3 && expected.length > 100) {
                    RawMessage part = own.get(target, "Range: bytes=10-89");
                    if (part.status() == 206) {
                        assertThat(part.body()).as(target).isEqualTo(Arrays.copyOfRange(expected, 10, 90));
                    }
                } else {
                    RawMessage answer = own.get(target);
                    if (answer.status() == 200) {
                        complete++;
                        assertThat(sum(answer.body())).as(target).isEqualTo(sum(expected));
                    } else {
                        assertThat(answer.status()).isIn(502, 503);
                    }
                }
            } catch (java.net.SocketTimeoutException e) {
                throw new AssertionError("No answer for " + target, e);
            } catch (IOException e) {
                // The origin cut it short.
                own.close();
                own = gateway.connect();
            }
        }
        own.close();
        return complete;
    }

    @Test
    void everythingEndsAndWhatIsWholeIsRight() throws Exception {
        long seed = System.nanoTime();
        originAnswers(this::answer);
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<Integer>> started = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                long own = seed + i;
                started.add(clients.submit(() -> useAsClient(own)));
            }
            for (Future<Integer> each : started) {
                whole += each.get(60, TimeUnit.SECONDS);
            }
        } catch (Exception e) {
            throw new AssertionError("With seed " + seed, e);
        } finally {
            clients.shutdownNow();
        }
        assertThat(whole).isGreaterThan(CLIENTS * REQUESTS / 2);
        assertThat(reachedSoFar()).isLessThan(CLIENTS * REQUESTS);
    }
}
