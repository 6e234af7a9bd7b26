package io.proxystone.control;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where flows and settings come from.
 *
 * @param routes the directory of the flow files
 * @param config the directory of {@code application.properties} and {@code proxy-stone.yaml}
 * @param profile {@code dev}, {@code staging} or {@code prod}, or null for none
 * @param overrides properties that come before those of files and environment
 * @param singleOrigin the one origin everything goes to, instead of files; or null
 */
public record Sources(
        Path routes,
        Path config,
        @Nullable String profile,
        Map<String, String> overrides,
        @Nullable SingleOrigin singleOrigin) {

    public Sources {
        overrides = Map.copyOf(overrides);
    }
}
