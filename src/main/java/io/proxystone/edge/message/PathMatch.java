package io.proxystone.edge.message;

import io.proxystone.http.RequestTarget;
import java.util.Map;

/**
 * How a request's path met the path of a flow.
 *
 * @param prefixLength the characters of the normal path that the flow's own path covers
 * @param parameters the values of the flow's path template by name
 */
public record PathMatch(int prefixLength, Map<String, String> parameters) {
    public static final PathMatch ROOT = new PathMatch(0, Map.of());

    /** The path after the flow's own, as it was written if it was written in normal form. */
    public String rest(RequestTarget target) {
        String path = target.path();
        return path.substring(Math.min(prefixLength, path.length()));
    }
}
