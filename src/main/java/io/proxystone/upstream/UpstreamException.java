package io.proxystone.upstream;

import io.proxystone.http.ProblemCause;
import io.proxystone.http.ProblemType;

/**
 * An origin could not be asked, or did not answer as it should. It has no stack trace: it describes the network. A response
 * of status 5xx is a response and no such exception.
 */
public final class UpstreamException extends Exception implements ProblemCause {

    /** What went wrong. */
    public enum Reason {
        NAME_NOT_RESOLVED("its name cannot be resolved", ProblemType.BAD_GATEWAY),
        CONNECT_FAILED("it does not accept connections", ProblemType.BAD_GATEWAY),
        CONNECT_TIMEOUT("it did not accept a connection in time", ProblemType.GATEWAY_TIMEOUT),
        TLS_FAILED("no TLS session could be agreed on with it", ProblemType.BAD_GATEWAY),
        NO_CONNECTION("no connection to it was free in time", ProblemType.UNAVAILABLE),
        CLOSED("it closed the connection before the response was complete", ProblemType.BAD_GATEWAY),
        INVALID_RESPONSE("its response is not valid HTTP", ProblemType.BAD_GATEWAY),
        RESPONSE_TOO_LARGE("its response is larger than what may be buffered", ProblemType.BAD_GATEWAY),
        RESPONSE_TIMEOUT("it did not respond in time", ProblemType.GATEWAY_TIMEOUT),
        IDLE_TIMEOUT("it stalled", ProblemType.GATEWAY_TIMEOUT),
        TOTAL_TIMEOUT("the exchange with it took too long", ProblemType.GATEWAY_TIMEOUT),
        STOPPED("it has been taken out of the configuration", ProblemType.UNAVAILABLE),
        FAILED_STATUS("it responded with a status that counts as failure", ProblemType.BAD_GATEWAY);

        private final String description;
        private final ProblemType problem;

        Reason(String description, ProblemType problem) {
            this.description = description;
            this.problem = problem;
        }
    }

    private final String upstream;
    private final Reason reason;

    public UpstreamException(String upstream, Reason reason, String detail) {
        super(message(upstream, reason, detail), null, false, false);
        this.upstream = upstream;
        this.reason = reason;
    }

    public UpstreamException(String upstream, Reason reason) {
        this(upstream, reason, "");
    }

    private static String message(String upstream, Reason reason, String detail) {
        String message = "upstream:" + upstream + ": " + reason.description;
        return detail.isEmpty() ? message : message + " (" + detail + ")";
    }

    /** The name of the upstream. */
    public String upstream() {
        return upstream;
    }

    public Reason reason() {
        return reason;
    }

    @Override
    public ProblemType problemType() {
        return reason.problem;
    }

    @Override
    public String publicDetail() {
        return "The origin cannot answer: " + reason.description;
    }
}
