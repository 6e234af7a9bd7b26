package io.proxystone.edge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.proxystone.http.UriPath;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a flow listens for on its port. Flows of one port must differ in it.
 *
 * @param hosts host names, or {@code *.} and a domain for all names below it; empty for any
 * @param path the path in normal form, with {@code {name}} for a segment of any value
 * @param prefix whether longer paths that continue it with a slash belong to the flow too
 * @param methods the methods it takes; empty for all
 */
public record FlowAddress(List<String> hosts, String path, boolean prefix, Set<String> methods) {

    public FlowAddress {
        hosts = hosts.stream()
                .map(host -> host.toLowerCase(Locale.ROOT))
                .sorted()
                .toList();
        methods = Set.copyOf(methods);
        path = normalPath(path, prefix);
    }

    private static String normalPath(String path, boolean prefix) {
        String rooted = path.startsWith("/") ? path : "/" + path;
        String normal = rooted.indexOf('{') < 0 ? normalize(rooted) : normalTemplate(rooted);
        while (prefix && normal.endsWith("/")) {
            normal = normal.substring(0, normal.length() - 1);
        }
        return normal;
    }

    /** Flow files are UTF-8, and so are the octets their paths stand for. */
    private static String normalize(String path) {
        String normal = UriPath.normalize(new String(path.getBytes(UTF_8), ISO_8859_1));
        if (normal == null) {
            throw new IllegalArgumentException("The path " + path + " has a malformed percent-encoding");
        }
        return normal;
    }

    private static String normalTemplate(String path) {
        StringBuilder normal = new StringBuilder();
        for (String segment : path.substring(1).split("/", -1)) {
            normal.append(isVariable(segment) ? "/" + segment : normalize("/" + segment));
        }
        return normal.toString();
    }

    /** Whether a segment stands for any value. */
    static boolean isVariable(String segment) {
        return segment.startsWith("{") && segment.endsWith("}");
    }

    @Override
    public String toString() {
        return (methods.isEmpty() ? "" : String.join(",", new TreeSet<>(methods)) + " ")
                + String.join(",", hosts)
                + (path.isEmpty() ? "/" : path)
                + (prefix ? (path.isEmpty() ? "*" : "/*") : "");
    }
}
