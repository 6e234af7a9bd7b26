package io.proxystone;

import io.proxystone.cli.Application;
import io.proxystone.cli.Commands;
import io.proxystone.config.SettingsFile;
import io.proxystone.control.FlowState;
import io.proxystone.control.Listeners;
import io.proxystone.control.ProcessSettings;
import io.proxystone.control.Revisions;
import io.proxystone.control.Sources;
import io.proxystone.edge.loop.EventLoops;
import io.proxystone.upstream.netty.Names;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** The program. */
public final class ProxyStone implements Application {
    ProxyStone() {}

    public static void main(String... arguments) {
        System.exit(Commands.execute(new ProxyStone(), arguments));
    }

    @Override
    public void run(Sources sources, @Nullable Integer managementPort) throws Exception {
        long start = System.nanoTime();
        Gateway gateway = Gateway.start(sources, managementPort);
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            gateway.stop();
                            ended.countDown();
                        },
                        "shutdown"));
        HangUp.handle(gateway::reload);
        gateway.printReady(System.out, System.nanoTime() - start);
        ended.await();
    }

    @Override
    public List<FlowState> validate(Sources sources) throws Exception {
        ProcessSettings.read(sources);
        try (EventLoops loops = new EventLoops(1);
                Names names = new Names()) {
            Listeners none = new Listeners(loops, request -> {});
            return new Revisions(sources, new SettingsFile(System.getenv()), loops, names, none, settings -> {})
                    .validate();
        }
    }
}
