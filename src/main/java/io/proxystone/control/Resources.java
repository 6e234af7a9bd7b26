package io.proxystone.control;

import io.proxystone.config.GatewaySettings;
import org.jspecify.annotations.Nullable;

/** What the flows of a revision use and what outlives it if its settings stay the same: upstreams and caches. */
record Resources(UpstreamSet upstreams, CacheSet caches) {

    /**
     * Makes what some settings say, as far as the former revision does not have it.
     *
     * @throws UpstreamSet.UnusableUpstreamException if an upstream's settings cannot be used; then nothing new is left
     */
    static Resources create(GatewaySettings settings, @Nullable Resources former, Revision.Workshop workshop)
            throws UpstreamSet.UnusableUpstreamException {
        UpstreamSet upstreams = UpstreamSet.create(
                settings.upstreams(), former == null ? null : former.upstreams, workshop.loops(), workshop.names());
        CacheSet caches = CacheSet.create(settings.caches(), former == null ? null : former.caches, workshop.serves());
        return new Resources(upstreams, caches);
    }

    /** Closes what another revision has not taken over. */
    void closeExcept(@Nullable Resources successor) {
        upstreams.closeExcept(successor == null ? null : successor.upstreams);
        caches.closeExcept(successor == null ? null : successor.caches);
    }
}
