package io.proxystone.edge.message;

import io.proxystone.http.ProblemCause;
import io.proxystone.http.ProblemType;

/** The client closed its connection before it had its answer. */
public final class ClientGoneException extends Exception implements ProblemCause {
    public ClientGoneException() {
        super("The client closed the connection", null, false, false);
    }

    @Override
    public ProblemType problemType() {
        return ProblemType.BAD_REQUEST;
    }

    @Override
    public String publicDetail() {
        return "The client closed the connection";
    }
}
