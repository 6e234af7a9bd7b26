package io.proxystone.http;

/**
 * The kinds of failure the gateway answers itself (RFC 9457 §3.1.1). The name of each is part of its {@code type} URI and
 * never changes; {@code docs/reference/problems.md} explains them.
 */
public enum ProblemType {
    BAD_REQUEST("bad-request", 400, "The request breaks HTTP's rules"),
    FLOW_NOT_FOUND("flow-not-found", 404, "No flow serves this address"),
    METHOD_NOT_ALLOWED("method-not-allowed", 405, "The flow does not take this method"),
    REQUEST_TIMEOUT("request-timeout", 408, "The request did not arrive in time"),
    CONTENT_TOO_LARGE("content-too-large", 413, "The request content is larger than the flow takes"),
    TARGET_TOO_LONG("target-too-long", 414, "The request target is longer than the listener takes"),
    EXPECTATION_FAILED("expectation-failed", 417, "The expectation is not one this server can meet"),
    FIELDS_TOO_LARGE("fields-too-large", 431, "The request's fields are larger than the listener takes"),
    INTERNAL_ERROR("internal-error", 500, "The flow failed"),
    NOT_IMPLEMENTED("not-implemented", 501, "The request needs a feature the listener does not have"),
    BAD_GATEWAY("bad-gateway", 502, "The origin did not answer as it should"),
    UNAVAILABLE("unavailable", 503, "The flow cannot take the request now"),
    GATEWAY_TIMEOUT("gateway-timeout", 504, "The origin did not answer in time"),
    VERSION_NOT_SUPPORTED("version-not-supported", 505, "The protocol version is not one the listener speaks");

    private static final String PREFIX = "urn:proxy-stone:problem:";

    private final String uri;
    private final int status;
    private final String title;

    ProblemType(String name, int status, String title) {
        this.uri = PREFIX + name;
        this.status = status;
        this.title = title;
    }

    /** The kind that a status of a refused request stands for. */
    public static ProblemType ofStatus(int status) {
        for (ProblemType type : values()) {
            if (type.status == status) {
                return type;
            }
        }
        return INTERNAL_ERROR;
    }

    public String uri() {
        return uri;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }
}
