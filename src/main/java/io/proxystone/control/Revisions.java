package io.proxystone.control;

import io.proxystone.config.Finding;
import io.proxystone.config.GatewaySettings;
import io.proxystone.config.InvalidFilesException;
import io.proxystone.config.SettingsFile;
import io.proxystone.edge.Listener;
import io.proxystone.edge.loop.EventLoops;
import io.proxystone.edge.loop.Loop;
import io.proxystone.edge.message.Bodies;
import io.proxystone.upstream.netty.Names;
import io.proxystone.upstream.netty.UpstreamClient;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds the revision that serves and replaces it: build, swap, let the old one finish. */
public final class Revisions {
    private static final Logger LOG = LoggerFactory.getLogger(Revisions.class);
    private static final long POLL_MILLIS = 20;

    private final Revision.Workshop workshop;
    private final Listeners listeners;
    private final Consumer<GatewaySettings> settingsUser;
    private final List<Thread> retiring = new ArrayList<>();

    private @Nullable Revision serving;
    private volatile RevisionStatus status = RevisionStatus.NONE;
    private final AtomicLong rejections = new AtomicLong();
    private boolean closed;

    /** @param settingsUser takes the settings of each revision that goes live */
    public Revisions(
            Sources sources,
            SettingsFile settingsFile,
            EventLoops loops,
            Names names,
            Listeners listeners,
            Consumer<GatewaySettings> settingsUser) {
        this.workshop = new Revision.Workshop(sources, settingsFile, loops, names, new Bodies(loops), true);
        this.listeners = listeners;
        this.settingsUser = settingsUser;
    }

    /**
     * Checks files without serving them.
     *
     * @return what they define
     * @throws InvalidFilesException if anything is wrong with them
     */
    public List<FlowState> validate() throws InvalidFilesException {
        Revision revision = Revision.build(workshop.forChecking(), null);
        List<FlowState> states = revision.states();
        revision.discard(null);
        return states;
    }

    /**
     * Puts the files as they are now in place of what serves.
     *
     * @throws InvalidFilesException if anything is wrong with them; then what served goes on serving
     */
    public synchronized void replace() throws InvalidFilesException {
        if (closed) {
            return;
        }
        Revision former = serving;
        try {
            Revision next = Revision.build(workshop, former);
            try {
                swap(former, next);
            } catch (Listeners.CannotListenException e) {
                InvalidFilesException invalid = next.cannotListen(e);
                next.discard(former);
                throw invalid;
            }
        } catch (InvalidFilesException e) {
            reject(e);
            throw e;
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("A revision could not be built for a reason nobody has thought of");
            InvalidFilesException invalid = new InvalidFilesException(
                    new Finding(sources().routes().toString(), 0, null, "cannot be put to use: " + e));
            reject(invalid);
            throw invalid;
        }
    }

    private void reject(InvalidFilesException invalid) {
        rejections.incrementAndGet();
        status = new RevisionStatus(status.number(), status.since(), Instant.now(), invalid.findings());
    }

    private void swap(@Nullable Revision former, Revision next) throws Listeners.CannotListenException {
        RevisionFlows flows = next.flows().flows();
        List<InetSocketAddress> addresses = flows.listeners();
        Set<InetSocketAddress> bound = listeners.bind(flows, next.settings().listener());
        if (former != null) {
            former.flows().flows().tell(null);
        }
        for (InetSocketAddress address : addresses) {
            Listener listener = listeners.at(address);
            if (listener != null) {
                listener.use(next.settings().listener());
                listener.use(flows.router(address));
            }
        }
        flows.tell((address, router) -> {
            Listener listener = listeners.at(address);
            if (listener != null) {
                listener.use(router);
            }
        });
        listeners.keepOnly(addresses);
        if (former != null) {
            former.flows().retire();
        }
        next.flows().goLive();
        serving = next;
        settingsUser.accept(next.settings());
        status = new RevisionStatus(status.number() + 1, Instant.now(), null, List.of());
        LOG.atInfo()
                .addKeyValue("revision", status.number())
                .addKeyValue("flows", flowCount(next))
                .log("Revision is live");
        handOver(former, next, bound);
    }

    /** Lets other sources of work change hands, and the old revision finish what it has begun. */
    private void handOver(@Nullable Revision former, Revision next, Set<InetSocketAddress> bound) {
        try {
            if (former != null) {
                former.flows().stopSources();
            }
            next.flows().startSources();
        } catch (Exception e) {
            LOG.atError()
                    .addKeyValue("newListeners", bound.size())
                    .setCause(e)
                    .log("Flows that do not start with HTTP failed to change over");
        }
        if (former != null) {
            long timeout = next.settings().shutdown().timeout().toMillis();
            Thread thread = new Thread(() -> finish(former, next, timeout), "revision-retiring");
            thread.setDaemon(true);
            synchronized (retiring) {
                retiring.removeIf(each -> !each.isAlive());
                retiring.add(thread);
            }
            thread.start();
        }
    }

    private void finish(Revision former, Revision next, long timeoutMillis) {
        try {
            awaitLoops();
            awaitIdle(former.flows(), timeoutMillis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        former.flows().stop();
        former.resources().closeExcept(next.resources());
    }

    /** Waits until every loop has finished what it was doing at the swap: after that no request can find an old flow any more. */
    private void awaitLoops() throws InterruptedException {
        List<Loop> loops = workshop.loops().all();
        CountDownLatch passed = new CountDownLatch(loops.size());
        loops.forEach(loop -> loop.execute(passed::countDown));
        passed.await();
    }

    private static void awaitIdle(FlowContext flows, long timeoutMillis) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        while (!flows.isIdle() && System.nanoTime() - deadline < 0) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    private static int flowCount(Revision revision) {
        return revision.flows().context().getRoutesSize();
    }

    public Sources sources() {
        return workshop.sources();
    }

    public RevisionStatus status() {
        return status;
    }

    /** How often a newer revision was rejected so far. */
    public long rejections() {
        return rejections.get();
    }

    /** The flows of the revision that serves. */
    public synchronized List<FlowState> flows() {
        return serving == null ? List.of() : serving.states();
    }

    /** The upstreams of the revision that serves. */
    public synchronized Collection<UpstreamClient> upstreams() {
        return serving == null
                ? List.of()
                : List.copyOf(serving.resources().upstreams().clients().values());
    }

    /** Ends all flows: the listeners have been closed, and what is still under way fails after the timeout. */
    public synchronized void close(long timeoutMillis) throws InterruptedException {
        closed = true;
        Revision last = serving;
        if (last != null) {
            try {
                last.flows().stopSources();
            } catch (Exception e) {
                LOG.atWarn().log("A flow did not stop: {}", e.getMessage());
            }
            awaitIdle(last.flows(), timeoutMillis);
            last.flows().retire();
            last.flows().stop();
            last.resources().closeExcept(null);
        }
        serving = null;
    }
}
