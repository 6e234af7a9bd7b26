package io.proxystone.testing;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetector.Level;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/**
 * Fails the test class after which Netty reports a buffer that was not released. It is on for all tests; the more of them
 * Netty watches ({@code -Dio.netty.leakDetection.level=paranoid}), the more it finds.
 */
public final class LeakCheck implements BeforeAllCallback, AfterAllCallback {
    private static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();
    private static final AtomicBoolean LISTENING = new AtomicBoolean();
    private static final int PROBES = 256;

    @Override
    public void beforeAll(ExtensionContext context) {
        if (LISTENING.compareAndSet(false, true)) {
            Recorder recorder = new Recorder();
            recorder.start();
            ((Logger) LoggerFactory.getLogger(ResourceLeakDetector.class)).addAppender(recorder);
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws InterruptedException {
        if (ResourceLeakDetector.getLevel() == Level.PARANOID) {
            findLeaks();
        }
        if (!LEAKS.isEmpty()) {
            String first = LEAKS.peek();
            int count = LEAKS.size();
            LEAKS.clear();
            throw new AssertionError(count + " buffers leaked by this class or one before it; the first: " + first);
        }
    }

    /** Has lost buffers found: they are noticed when they have been collected and another buffer is allocated. */
    private static void findLeaks() throws InterruptedException {
        for (int round = 0; round < 2; round++) {
            System.gc();
            // The collector hands references to their queue from a thread of its own.
            Thread.sleep(20);
            for (int i = 0; i < PROBES; i++) {
                ByteBufAllocator.DEFAULT.directBuffer(1).release();
            }
        }
    }

    private static final class Recorder extends AppenderBase<ILoggingEvent> {
        @Override
        protected void append(ILoggingEvent event) {
            LEAKS.add(event.getFormattedMessage());
        }
    }
}
