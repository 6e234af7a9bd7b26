package io.proxystone.edge.loop;

import io.netty.util.concurrent.FastThreadLocalThread;
import org.jspecify.annotations.Nullable;

/** The thread of an event loop, which knows its loop. */
final class LoopThread extends FastThreadLocalThread {
    @Nullable
    Loop loop;

    LoopThread(Runnable task, String name) {
        super(task, name);
    }

    /** Makes the calling thread the one of a loop. */
    static void bind(Loop loop) {
        ((LoopThread) Thread.currentThread()).loop = loop;
        loop.thread = Thread.currentThread();
    }
}
