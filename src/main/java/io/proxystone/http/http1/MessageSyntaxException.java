package io.proxystone.http.http1;

/** A message that breaks the grammar or the framing rules of RFC 9112. It has no stack trace: it describes the peer. */
public final class MessageSyntaxException extends Exception {
    private final Violation violation;

    public MessageSyntaxException(Violation violation) {
        super(violation.description(), null, false, false);
        this.violation = violation;
    }

    public Violation violation() {
        return violation;
    }
}
