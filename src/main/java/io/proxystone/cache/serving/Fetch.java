package io.proxystone.cache.serving;

import io.proxystone.edge.loop.Loop;
import io.proxystone.edge.message.Actions;

/**
 * The life of one call to the origin. It does not depend on the client that caused it: it is aborted when nobody wants its
 * answer, and it ends when nobody reads it any more. Everything happens on its loop.
 */
public final class Fetch {
    private final Loop loop;
    private final Actions abortActions = new Actions();
    private final Actions endActions = new Actions();
    private boolean aborted;
    private boolean ended;

    Fetch(Loop loop) {
        this.loop = loop;
    }

    public Loop loop() {
        return loop;
    }

    /** Runs an action if nobody wants the answer any more before it is complete, at once if that is so. */
    public void onAbort(Runnable action) {
        if (aborted) {
            action.run();
        } else if (!ended) {
            abortActions.add(action);
        }
    }

    public void removeOnAbort(Runnable action) {
        abortActions.remove(action);
    }

    /** Runs an action when nothing of the answer is in use any more, at once if that is so. */
    public void onEnd(Runnable action) {
        if (ended) {
            action.run();
        } else {
            endActions.add(action);
        }
    }

    /** Nobody wants the answer any more. From any thread. */
    void abort() {
        loop.execute(() -> {
            if (!aborted && !ended) {
                aborted = true;
                abortActions.run();
            }
        });
    }

    /** Nothing of the answer is in use any more. From any thread. */
    void end() {
        loop.execute(() -> {
            if (!ended) {
                ended = true;
                abortActions.clear();
                endActions.run();
                endActions.clear();
            }
        });
    }
}
