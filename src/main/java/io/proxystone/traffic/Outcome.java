package io.proxystone.traffic;

/** How a request ended. */
public enum Outcome {
    /** The last byte of the answer has left. */
    COMPLETE,
    /** The client went away before. */
    CLIENT_GONE,
    /** The answer had started and could not be finished, so the connection was cut for the client to see it. */
    CUT_SHORT
}
