package io.proxystone.edge.message;

/** Whether content waits in memory until it is whole or passes through as it arrives. */
public enum BodyMode {
    /** Buffered if its announced size is within the buffer bound, else streamed. */
    AUTO,
    /** Buffered whatever its framing; more than the buffer bound is an error. */
    BUFFER,
    /** Streamed. */
    STREAM;

    /** @throws IllegalArgumentException if the text names none; the message starts with the parameter's name */
    public static BodyMode parse(String text) {
        for (BodyMode mode : values()) {
            if (mode.name().equalsIgnoreCase(text)) {
                return mode;
            }
        }
        throw new IllegalArgumentException("bodies: '" + text + "' is not allowed; allowed: auto, buffer, stream");
    }
}
