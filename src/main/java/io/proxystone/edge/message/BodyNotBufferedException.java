package io.proxystone.edge.message;

/** A step wanted whole content that is still streaming, on a thread that must not wait for it. */
public final class BodyNotBufferedException extends IllegalStateException {
    public BodyNotBufferedException() {
        super(
                "The body streams and this step would have to wait for it on an event loop. Put the step 'threads' before it,"
                        + " or have the body buffered: 'bodies: buffer' in the parameters of the netty-http or upstream endpoint");
    }
}
