package io.proxystone.edge.loop;

import io.netty.channel.Channel;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The process's event loops: native epoll where the machine has it, NIO elsewhere. */
public final class EventLoops implements AutoCloseable {
    private static final int SHUTDOWN_SECONDS = 5;

    private final IoEventLoopGroup group;
    private final IdentityHashMap<EventExecutor, Loop> loops = new IdentityHashMap<>();
    private final List<Loop> inOrder = new ArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();
    private final ExecutorService blocking;

    /** Starts the given number of event loops. */
    public EventLoops(int threads) {
        IoHandlerFactory handlers = Epoll.isAvailable() ? LastingEpoll.factory() : NioIoHandler.newFactory();
        AtomicInteger number = new AtomicInteger();
        ThreadFactory loopThreads = task -> new LoopThread(task, "loop-" + number.getAndIncrement());
        group = new MultiThreadIoEventLoopGroup(threads, loopThreads, handlers);
        for (EventExecutor executor : group) {
            Loop loop = new Loop(executor);
            executor.submit(() -> LoopThread.bind(loop)).syncUninterruptibly();
            loops.put(executor, loop);
            inOrder.add(loop);
        }
        AtomicInteger worker = new AtomicInteger();
        blocking = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "blocking-io-" + worker.getAndIncrement());
            thread.setDaemon(true);
            return thread;
        });
    }

    public IoEventLoopGroup group() {
        return group;
    }

    /** All loops, always in the same order. */
    public List<Loop> all() {
        return inOrder;
    }

    /** The loop a channel is registered on. */
    public Loop of(Channel channel) {
        return of(channel.eventLoop());
    }

    public Loop of(EventExecutor executor) {
        Loop loop = loops.get(executor);
        if (loop == null) {
            throw new IllegalArgumentException("Not one of these event loops: " + executor);
        }
        return loop;
    }

    /** The loop the caller runs on, or the next one in turn for a caller from elsewhere. */
    public Loop currentOrNext() {
        Loop current = Loop.current();
        return current != null && loops.get(current.executor()) == current
                ? current
                : inOrder.get(Math.floorMod(turn.getAndIncrement(), inOrder.size()));
    }

    /** Threads for reading what can only be read by waiting, such as a file a flow answers with. */
    public ExecutorService blocking() {
        return blocking;
    }

    public Class<? extends ServerChannel> serverChannel() {
        return Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    }

    public Class<? extends Channel> clientChannel() {
        return Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class;
    }

    @Override
    public void close() {
        blocking.shutdownNow();
        group.shutdownGracefully(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
