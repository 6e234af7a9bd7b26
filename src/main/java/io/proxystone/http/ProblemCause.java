package io.proxystone.http;

/** An exception that knows what it means to the client. */
public interface ProblemCause {
    ProblemType problemType();

    /** What went wrong in words for the client: nothing about addresses or the inside. */
    String publicDetail();
}
