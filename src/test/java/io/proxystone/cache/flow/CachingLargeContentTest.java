package io.proxystone.cache.flow;

import static io.proxystone.cache.flow.AnswerAssert.assertAnswer;
import static io.proxystone.cache.flow.LargeContent.octets;
import static io.proxystone.cache.flow.LargeContent.sendHead;
import static io.proxystone.cache.flow.LargeContent.sendPieces;
import static io.proxystone.cache.flow.LargeContent.sum;
import static io.proxystone.cache.flow.LargeContent.sumOfRest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.proxystone.RunningGateway;
import io.proxystone.cache.flow.LargeContent.Delimited;
import io.proxystone.testing.RawClient;
import io.proxystone.testing.RawMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Content that is stored while it streams to clients. */
class CachingLargeContentTest extends CachingFlowTest {
    private static final String FRESH = "Cache-Control: max-age=60";
    private static final int MIB = 1 << 20;

    @Override
    RunningGateway.Builder configure(RunningGateway.Builder builder) throws IOException {
        return builder.flow("small", RunningGateway.flow("small", "/small", cached("small", "upstream:origin")))
                .settings(settings("caches: {small: {memory: {size: 1MiB, max-entry: 512KiB}}}\n"));
    }

    @ParameterizedTest
    @EnumSource
    void isStoredAndServedOctetByOctet(Delimited delimited) throws Exception {
        for (int size : new int[] {65_536, 65_537, 200_000, MIB, 3 * MIB}) {
            byte[] octets = octets(size);
            originAnswers((request, connection) -> delimited.send(octets, FRESH, connection));
            String own = path + "/" + size;
            int before = reachedSoFar();
            for (int i = 0; i < 3; i++) {
                RawMessage answer = client.get(own);
                assertThat(sum(answer.body())).as("%d, request %d", size, i).isEqualTo(sum(octets));
                if (i == 0) {
                    assertAnswer(answer).isMiss().isStored();
                } else {
                    assertAnswer(answer).isHit();
                }
                if (delimited == Delimited.BY_CHUNKS_WITH_TRAILERS) {
                    assertThat(answer.trailers()).containsExactly("X-Sum: " + sum(octets));
                }
            }
            assertAnswer(client.exchange("HEAD", own)).isHit();
            assertThat(reachedSoFar() - before).isEqualTo(1);
        }
    }

    @Test
    void moreThanAnEntryMayHaveReachesClientsAndIsNotStored() throws Exception {
        byte[] octets = octets(5 * MIB);
        originAnswers((request, connection) -> Delimited.BY_LENGTH.send(octets, FRESH, connection));
        for (int i = 1; i <= 2; i++) {
            RawMessage answer = get();
            assertAnswer(answer).isMiss();
            assertThat(sum(answer.body())).isEqualTo(sum(octets));
            assertReachedOrigin(i);
        }
        assertAnswer(get()).isNotStored();
    }

    @Test
    void slowReaderOfAMissDoesNotHoldUpOthersAndGetsItWhole() throws Exception {
        byte[] octets = octets(3 * MIB);
        originAnswers((request, connection) -> Delimited.BY_LENGTH.send(octets, FRESH, connection));
        try (RawClient slow = new RawClient(gateway.port(), 4096)) {
            slow.send("GET " + path + " HTTP/1.1\r\nHost: example.test\r\n\r\n");
            List<String> head = slow.readHead();
            await().untilAsserted(() -> {
                RawMessage answer = get();
                assertThat(sum(answer.body())).isEqualTo(sum(octets));
                assertAnswer(answer).isHit();
            });
            assertThat(sumOfRest(head, slow)).isEqualTo(sum(octets));
            assertReachedOrigin(1);
        }
    }

    @Test
    void slowReaderOfAHitKeepsWhatHasBeenRemovedMeanwhile() throws Exception {
        byte[] octets = octets(3 * MIB);
        originAnswers((request, connection) -> {
            if (request.startLine().startsWith("GET")) {
                Delimited.BY_LENGTH.send(octets, FRESH, connection);
            } else {
                connection.respond(200, "");
            }
        });
        get();
        try (RawClient slow = new RawClient(gateway.port(), 4096)) {
            slow.send("GET " + path + " HTTP/1.1\r\nHost: example.test\r\n\r\n");
            List<String> head = slow.readHead();
            assertAnswer(new RawMessage(head, new byte[0], List.of())).isHit();
            client.exchange("DELETE", path);
            // Other content takes the memory, should it have been given back.
            byte[] other = octets(3 * MIB - 1);
            originAnswers((request, connection) -> Delimited.BY_LENGTH.send(other, FRESH, connection));
            get();
            assertThat(sumOfRest(head, slow)).isEqualTo(sum(octets));
        }
    }

    @Test
    void clientThatLeavesAHitMidwayHarmsNobody() throws Exception {
        byte[] octets = octets(3 * MIB);
        originAnswers((request, connection) -> Delimited.BY_LENGTH.send(octets, FRESH, connection));
        get();
        for (int i = 0; i < 10; i++) {
            try (RawClient leaving = new RawClient(gateway.port(), 4096)) {
                leaving.send("GET " + path + " HTTP/1.1\r\nHost: example.test\r\n\r\n");
                leaving.readHead();
                leaving.read(1000);
                leaving.reset();
            }
        }
        RawMessage answer = get();
        assertAnswer(answer).isHit();
        assertThat(sum(answer.body())).isEqualTo(sum(octets));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void clientThatLeavesMidwayLeavesAWholeEntry(boolean byReset) throws Exception {
        byte[] octets = octets(MIB);
        Semaphore mayGoOn = new Semaphore(0);
        originAnswers((request, connection) -> {
            sendHead("Content-Length: " + octets.length, FRESH, connection);
            sendPieces(octets, 0, 500_000, connection);
            assertThat(mayGoOn.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            sendPieces(octets, 500_000, octets.length, connection);
        });
        try (RawClient leaving = gateway.connect()) {
            leaving.send("GET " + path + " HTTP/1.1\r\nHost: example.test\r\n\r\n");
            leaving.readHead();
            leaving.read(100_000);
            if (byReset) {
                leaving.reset();
            }
        }
        awaitInFlight(0);
        mayGoOn.release();
        await().untilAsserted(() -> {
            RawMessage answer = get();
            assertThat(sum(answer.body())).isEqualTo(sum(octets));
            assertAnswer(answer).isHit();
        });
        assertReachedOrigin(1);
    }

    private void assertCutShortAndNotStored(byte[] octets) throws Exception {
        try (RawClient other = gateway.connect()) {
            other.send("GET " + path + " HTTP/1.1\r\nHost: example.test\r\n\r\n");
            assertThatThrownBy(() -> {
                        List<String> head = other.readHead();
                        sumOfRest(head, other);
                    })
                    .isInstanceOf(IOException.class);
        }
        originAnswers((request, connection) -> Delimited.BY_LENGTH.send(octets, FRESH, connection));
        RawMessage answer = get();
        assertAnswer(answer).isMiss().isStored();
        assertThat(sum(answer.body())).isEqualTo(sum(octets));
        assertReachedOrigin(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void contentThatIsCutShortIsNotStored(boolean byReset) throws Exception {
        byte[] octets = octets(MIB);
        originAnswers((request, connection) -> {
            sendHead("Content-Length: " + octets.length, FRESH, connection);
            sendPieces(octets, 0, 500_000, connection);
            if (byReset) {
                connection.reset();
            } else {
                connection.close();
            }
        });
        assertCutShortAndNotStored(octets);
    }

    @Test
    void contentWithoutItsLastChunkIsNotStored() throws Exception {
        byte[] octets = octets(MIB);
        originAnswers((request, connection) -> {
            sendHead("Transfer-Encoding: chunked", FRESH, connection);
            LargeContent.sendChunks(octets, 0, octets.length, connection);
            connection.close();
        });
        assertCutShortAndNotStored(octets);
    }

    @Test
    void contentWithABrokenChunkIsNotStored() throws Exception {
        byte[] octets = octets(MIB);
        originAnswers((request, connection) -> {
            sendHead("Transfer-Encoding: chunked", FRESH, connection);
            LargeContent.sendChunks(octets, 0, 500_000, connection);
            connection.send("zz\r\nno chunk\r\n0\r\n\r\n");
        });
        assertCutShortAndNotStored(octets);
    }

    @Test
    void smallContentThatIsCutShortIsNotStored() throws Exception {
        originAnswers((request, connection) -> {
            sendHead("Content-Length: 100", FRESH, connection);
            connection.send("short");
            connection.close();
        });
        assertThat(get().status()).isEqualTo(502);
        originSays(FRESH);
        assertAnswer(get()).isMiss().isStored();
        assertAnswer(get()).isHit();
    }

    @Test
    void octetsBeyondTheLengthAreNotStored() throws Exception {
        byte[] octets = octets(200_000);
        originAnswers((request, connection) -> {
            sendHead("Content-Length: 150000", FRESH, connection);
            sendPieces(octets, 0, octets.length, connection);
            connection.close();
        });
        String expected = sum(java.util.Arrays.copyOf(octets, 150_000));
        assertThat(sum(get().body())).isEqualTo(expected);
        RawMessage second = get();
        assertAnswer(second).isHit();
        assertThat(sum(second.body())).isEqualTo(expected);
    }

    @Test
    void whatIsReadStaysWholeWhileOtherContentTakesItsPlace() throws Exception {
        byte[] octets = octets(300_000);
        originAnswers((request, connection) -> Delimited.BY_LENGTH.send(octets, FRESH, connection));
        List<RawClient> readers = new ArrayList<>();
        List<List<String>> heads = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            String own = "/small" + path + "/" + i;
            assertThat(sum(client.get(own).body())).isEqualTo(sum(octets));
            RawClient reader = new RawClient(gateway.port(), 4096);
            reader.send("GET " + own + " HTTP/1.1\r\nHost: example.test\r\n\r\n");
            heads.add(reader.readHead());
            readers.add(reader);
        }
        for (int i = 0; i < readers.size(); i++) {
            assertThat(sumOfRest(heads.get(i), readers.get(i))).isEqualTo(sum(octets));
            readers.get(i).close();
        }
    }
}
