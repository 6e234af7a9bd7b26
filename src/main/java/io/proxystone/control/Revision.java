package io.proxystone.control;

import io.proxystone.config.Finding;
import io.proxystone.config.GatewaySettings;
import io.proxystone.config.InvalidFilesException;
import io.proxystone.config.SettingsFile;
import io.proxystone.edge.FlowHandler;
import io.proxystone.edge.loop.EventLoops;
import io.proxystone.edge.message.Bodies;
import io.proxystone.upstream.Target;
import io.proxystone.upstream.UpstreamSettings;
import io.proxystone.upstream.netty.Names;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Route;
import org.jspecify.annotations.Nullable;

/** Flows and settings as they stood at one moment, built and checked together. */
final class Revision {

    /**
     * What revisions are built with.
     *
     * @param serves whether what is built may serve; else it is only checked, perhaps beside a process that serves
     */
    record Workshop(
            Sources sources, SettingsFile settingsFile, EventLoops loops, Names names, Bodies bodies, boolean serves) {

        Workshop forChecking() {
            return new Workshop(sources, settingsFile, loops, names, bodies, false);
        }
    }

    private static final String ORIGIN = "origin";

    private final GatewaySettings settings;
    private final FlowSource source;
    private final Resources resources;
    private final FlowContext flows;

    private Revision(GatewaySettings settings, FlowSource source, Resources resources, FlowContext flows) {
        this.settings = settings;
        this.source = source;
        this.resources = resources;
        this.flows = flows;
    }

    /**
     * Reads the files and builds what they say, up to the point where only the swap is missing.
     *
     * @param former the revision that serves now, whose upstreams and caches go on if they did not change
     * @throws InvalidFilesException if anything is wrong with them; then nothing of it is left
     */
    static Revision build(Workshop workshop, @Nullable Revision former) throws InvalidFilesException {
        Sources sources = workshop.sources();
        GatewaySettings settings;
        FlowSource source;
        try {
            settings = settings(workshop);
            SingleOrigin origin = sources.singleOrigin();
            source = origin == null
                    ? FlowSource.read(sources)
                    : FlowSource.of("origin.camel.yaml", OriginFlow.yaml(ORIGIN, origin.cached()));
        } catch (IOException e) {
            throw new InvalidFilesException(
                    new Finding(sources.routes().toString(), 0, null, "cannot be read: " + e.getMessage()));
        }
        FlowShape.check(source);
        Resources resources = resources(workshop, settings, former);
        try {
            FlowContext flows = FlowContext.build(workshop, source, resources);
            return new Revision(settings, source, resources, flows).prepare();
        } catch (InvalidFilesException e) {
            resources.closeExcept(former == null ? null : former.resources);
            throw e;
        }
    }

    private static Resources resources(Workshop workshop, GatewaySettings settings, @Nullable Revision former)
            throws InvalidFilesException {
        try {
            return Resources.create(settings, former == null ? null : former.resources, workshop);
        } catch (UpstreamSet.UnusableUpstreamException e) {
            throw new InvalidFilesException(workshop.settingsFile()
                    .finding(
                            workshop.sources().config(),
                            "/upstreams/" + e.upstream() + "/tls/trust",
                            String.valueOf(e.getMessage())));
        }
    }

    private static GatewaySettings settings(Workshop workshop) throws InvalidFilesException {
        GatewaySettings settings =
                workshop.settingsFile().load(workshop.sources().config());
        SingleOrigin origin = workshop.sources().singleOrigin();
        if (origin == null) {
            return settings;
        }
        try {
            return settings.with(ORIGIN, UpstreamSettings.of(Target.parse(origin.url())));
        } catch (IllegalArgumentException e) {
            throw new InvalidFilesException(new Finding("--origin", 0, null, String.valueOf(e.getMessage())));
        }
    }

    private Revision prepare() throws InvalidFilesException {
        try {
            flows.startServing();
            for (InetSocketAddress listener : flows.flows().listeners()) {
                flows.flows().router(listener);
            }
            return this;
        } catch (Exception e) {
            InvalidFilesException invalid = new FlowDiagnosis(source, flows.context()).of(e);
            flows.stop();
            throw invalid;
        }
    }

    GatewaySettings settings() {
        return settings;
    }

    Resources resources() {
        return resources;
    }

    FlowContext flows() {
        return flows;
    }

    List<FlowState> states() {
        List<FlowState> states = new ArrayList<>();
        for (Route route : flows.context().getRoutes()) {
            states.add(FlowState.of(route, flows));
        }
        return states;
    }

    /** Says which flow wants an address that cannot be bound. */
    InvalidFilesException cannotListen(Listeners.CannotListenException failure) {
        String flow = flows.flows().flows(failure.address()).stream()
                .map(FlowHandler::flow)
                .findFirst()
                .orElse("");
        FlowText.Place place = new FlowText(source).ofRoute(flow);
        return new InvalidFilesException(new Finding(
                place.file() == null ? "flows" : place.file(),
                place.line(),
                flow,
                failure.getMessage() + "; allowed is an address of this machine with a port nobody else listens on"));
    }

    /** Ends it without it ever having been live. */
    void discard(@Nullable Revision serving) {
        flows.stop();
        resources.closeExcept(serving == null ? null : serving.resources);
    }
}
