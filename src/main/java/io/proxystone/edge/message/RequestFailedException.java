package io.proxystone.edge.message;

import io.proxystone.http.ProblemCause;
import io.proxystone.http.ProblemType;

/** A request that went wrong on the client's side after its head was read. It has no stack trace: it describes the client. */
public final class RequestFailedException extends Exception implements ProblemCause {
    private final ProblemType problem;

    public RequestFailedException(ProblemType problem, String detail) {
        super(detail, null, false, false);
        this.problem = problem;
    }

    @Override
    public ProblemType problemType() {
        return problem;
    }

    @Override
    public String publicDetail() {
        return String.valueOf(getMessage());
    }
}
