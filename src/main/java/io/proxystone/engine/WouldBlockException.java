package io.proxystone.engine;

/** A step would have made an event loop wait, and with it every connection of that loop. */
public final class WouldBlockException extends IllegalStateException {
    public WouldBlockException(String step) {
        super(
                step
                        + " would make an event loop wait. Put the step 'threads' before it, so that it runs on a thread that may");
    }
}
