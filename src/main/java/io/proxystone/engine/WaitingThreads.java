package io.proxystone.engine;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;
import org.jspecify.annotations.Nullable;

/**
 * The threads of a context on which steps wait for somebody else, such as a database or a disk. The first such step makes
 * them; a thread pool profile of the name {@value #PROFILE} says otherwise how many there are.
 */
final class WaitingThreads {
    static final String PROFILE = "waiting-steps";

    private static final int THREADS = 64;
    private static final int QUEUE = 1000;
    private static final long KEEP_ALIVE_SECONDS = 60;

    private final CamelContext context;
    private volatile @Nullable ExecutorService executor;

    WaitingThreads(CamelContext context) {
        this.context = context;
    }

    ExecutorService executor() {
        ExecutorService threads = executor;
        return threads == null ? make() : threads;
    }

    private synchronized ExecutorService make() {
        ExecutorService threads = executor;
        if (threads == null) {
            ExecutorServiceManager manager = context.getExecutorServiceManager();
            ThreadPoolProfile configured = manager.getThreadPoolProfile(PROFILE);
            threads = manager.newThreadPool(this, PROFILE, configured == null ? profile() : configured);
            executor = threads;
        }
        return threads;
    }

    private static ThreadPoolProfile profile() {
        ThreadPoolProfile profile = new ThreadPoolProfile(PROFILE);
        profile.setPoolSize(THREADS);
        profile.setMaxPoolSize(THREADS);
        profile.setAllowCoreThreadTimeOut(true);
        profile.setKeepAliveTime(KEEP_ALIVE_SECONDS);
        profile.setTimeUnit(TimeUnit.SECONDS);
        profile.setMaxQueueSize(QUEUE);
        // Camel's default would run the step on the event loop.
        profile.setRejectedPolicy(ThreadPoolRejectedPolicy.Abort);
        return profile;
    }
}
