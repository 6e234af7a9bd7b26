package io.proxystone.edge.message;

/** Whether content waits in memory until it is whole or passes through as it arrives. */
public enum BodyMode {
    /** Buffered if its announced size is within the buffer bound, else streamed. */
    AUTO,
    /** Buffered whatever its framing; more than the buffer bound is an error. */
    BUFFER,
    /** Streamed. */
    STREAM
}
