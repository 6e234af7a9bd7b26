package io.proxystone.edge.message;

/** A step wanted whole content that is still streaming, on a thread that must not wait for it. */
public final class BodyNotBufferedException extends IllegalStateException {
    public BodyNotBufferedException() {
        this("this step");
    }

    /** @param step the step as the message names it, such as {@code the step convertBodyTo1} */
    public BodyNotBufferedException(String step) {
        super(
                "The body streams and " + step
                        + " would have to wait for it on an event loop. Put the step 'threads' before it,"
                        + " or have the body buffered: 'bodies: buffer' in the parameters of the netty-http or upstream endpoint");
    }
}
