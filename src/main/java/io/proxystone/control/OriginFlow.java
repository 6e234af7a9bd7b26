package io.proxystone.control;

/** The flow that {@code run --origin} serves instead of files: everything goes to one upstream. */
final class OriginFlow {
    private OriginFlow() {}

    /** @param cached whether its responses go through the cache {@code default} */
    static String yaml(String upstream, boolean cached) {
        String step = cached ? "{uri: http-cache:default, parameters: {origin: \"upstream:%s\"}}" : "upstream:%s";
        return """
                - route:
                    id: %1$s
                    description: Everything to the origin given on the command line
                    from:
                      uri: netty-http:http://{{proxy.host:0.0.0.0}}:{{proxy.port:8080}}/
                      parameters:
                        matchOnUriPrefix: true
                      steps:
                        - to: %2$s
                """.formatted(upstream, step.formatted(upstream));
    }
}
