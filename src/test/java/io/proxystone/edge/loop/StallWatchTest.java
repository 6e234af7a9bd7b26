package io.proxystone.edge.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.proxystone.testing.LogCapture;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class StallWatchTest {
    private static final Duration PATIENCE = Duration.ofMillis(300);

    @Test
    void aLoopThatStandsStillIsReportedOnceWithWhatItDoes() throws Exception {
        CountDownLatch stall = new CountDownLatch(1);
        try (EventLoops loops = new EventLoops(2);
                LogCapture log = new LogCapture(StallWatch.class.getName());
                StallWatch watch = new StallWatch(loops, PATIENCE, Duration.ofMinutes(1))) {
            Loop loop = loops.all().get(1);
            loop.execute(() -> standStill(stall));
            await().until(() -> !log.messages().isEmpty());
            assertThat(log.messages().get(0)).contains("threads").contains("StallWatchTest.standStill");
            long standing = loop.deadlines().lastTick();
            await().until(() -> System.nanoTime() - standing > 3 * PATIENCE.toNanos());
            assertThat(log.messages()).hasSize(1);
            stall.countDown();
        }
    }

    @Test
    void aLoopThatGoesOnStandingStillIsReportedAgainAfterAWhile() throws Exception {
        CountDownLatch stall = new CountDownLatch(1);
        try (EventLoops loops = new EventLoops(1);
                LogCapture log = new LogCapture(StallWatch.class.getName());
                StallWatch watch = new StallWatch(loops, PATIENCE, PATIENCE)) {
            loops.all().get(0).execute(() -> standStill(stall));
            await().until(() -> log.messages().size() == 2);
            stall.countDown();
        }
    }

    private static void standStill(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
