package io.proxystone.control;

/** The flow that {@code run --origin} serves instead of files: everything goes to one upstream. */
final class OriginFlow {
    private OriginFlow() {}

    static String yaml(String upstream) {
        return """
                - route:
                    id: %1$s
                    description: Everything to the origin given on the command line
                    from:
                      uri: netty-http:http://{{proxy.host:0.0.0.0}}:{{proxy.port:8080}}/
                      parameters:
                        matchOnUriPrefix: true
                      steps:
                        - to: upstream:%1$s
                """.formatted(upstream);
    }
}
