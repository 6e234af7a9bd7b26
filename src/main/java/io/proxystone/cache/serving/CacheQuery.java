package io.proxystone.cache.serving;

import io.proxystone.cache.CacheTarget;
import io.proxystone.edge.loop.Loop;
import io.proxystone.edge.message.Body;
import io.proxystone.http.Fields;
import org.jspecify.annotations.Nullable;

/**
 * A request that a flow wants answered through a cache.
 *
 * @param fields its fields as they would go to the origin
 * @param body its content, or null
 * @param asker who wants the answer
 * @param origin where the cache gets what it does not have
 * @param loop where the answer is wanted
 */
public record CacheQuery(
        String method,
        CacheTarget target,
        Fields fields,
        @Nullable Body body,
        Asker asker,
        Origin origin,
        Loop loop) {}
