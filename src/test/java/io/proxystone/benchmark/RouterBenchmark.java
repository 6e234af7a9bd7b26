package io.proxystone.benchmark;

import io.proxystone.edge.FlowAddress;
import io.proxystone.edge.FlowHandler;
import io.proxystone.edge.FlowOptions;
import io.proxystone.edge.Router;
import io.proxystone.edge.Routing;
import io.proxystone.edge.ServerExchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Finding the flow of a request among few and many. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RouterBenchmark {
    @Param({"1", "500", "5000"})
    private int flows;

    private Router router = Router.EMPTY;

    @Setup
    public void fill() {
        List<FlowHandler> handlers = new ArrayList<>();
        for (int i = 0; i < flows; i++) {
            handlers.add(new Named(new FlowAddress(List.of(), "/service-" + i + "/v1", true, Set.of())));
        }
        router = new Router(handlers);
    }

    @Benchmark
    public Routing find() {
        return router.find("www.example.test", "/service-0/v1/items/42", "GET");
    }

    private record Named(FlowAddress address) implements FlowHandler {
        @Override
        public String flow() {
            return "flow";
        }

        @Override
        public FlowOptions options() {
            return FlowOptions.DEFAULT;
        }

        @Override
        public void handle(ServerExchange exchange) {
            throw new IllegalStateException("Nothing is asked here");
        }
    }
}
