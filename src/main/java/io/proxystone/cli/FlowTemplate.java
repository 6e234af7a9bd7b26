package io.proxystone.cli;

import io.proxystone.upstream.Target;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The texts that {@code flow new} writes. */
final class FlowTemplate {
    private static final Pattern FIRST_UPSTREAM =
            Pattern.compile("(?m)^upstreams:[^\\n]*\\n(?:[ ]*(?:#[^\\n]*)?\\n)*([ ]+)[^ #\\n]");

    private FlowTemplate() {}

    /** A flow that passes a path to the upstream of its own name. */
    static String flow(String name, String path) {
        return """
                # %1$s: what happens to a request, read from top to bottom.
                - route:
                    id: %1$s
                    description: "Passes %2$s to the origin %1$s"
                    from:
                      # host:port/path this flow serves; {{proxy.port}} comes from application.properties or --port
                      uri: "netty-http:http://{{proxy.host}}:{{proxy.port}}%2$s"
                      parameters:
                        # everything below the path belongs to the flow, too
                        matchOnUriPrefix: true
                        # origins see the path without %2$s if this is true
                        stripPrefix: false
                      steps:
                        # any Camel step can stand here: setHeader, choice, circuitBreaker, ...
                        - to: upstream:%1$s
                """.formatted(name, path);
    }

    /**
     * Settings with one more upstream; everything else, comments included, stays as it is.
     *
     * @param hasUpstreams whether the settings have the key {@code upstreams}
     */
    static String withUpstream(String settings, String name, Target target, boolean hasUpstreams) {
        String indent = indent(settings);
        String entry = indent + name + ":\n" + indent + "  targets: [{url: \"" + target + "\"}]\n";
        if (!hasUpstreams) {
            String separator = settings.isEmpty() || settings.endsWith("\n") ? "" : "\n";
            return settings + separator + "upstreams:\n" + entry;
        }
        StringBuilder changed = new StringBuilder();
        for (String line : settings.split("(?<=\n)")) {
            changed.append(line);
            if (line.matches("upstreams:\\s*(#.*)?\n?")) {
                changed.append(line.endsWith("\n") ? "" : "\n").append(entry);
            }
        }
        return changed.toString();
    }

    /** How far the upstreams there are stand from the margin. */
    private static String indent(String settings) {
        Matcher first = FIRST_UPSTREAM.matcher(settings);
        return first.find() ? first.group(1) : "  ";
    }
}
