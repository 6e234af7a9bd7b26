package io.proxystone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import io.netty.buffer.PooledByteBufAllocator;
import io.proxystone.testing.Origin;
import io.proxystone.testing.RawClient;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/** Revisions come and go, and nothing of them stays behind. */
class HundredRevisionsTest {
    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();
    private static final Pattern ROW = Pattern.compile("\\s*\\d+:\\s+(\\d+)\\s+(\\d+)\\s+(\\S+).*");

    private static final String STEPS = """
            - setHeader:
                name: X-Revision
                simple: "${header.host} %d"
            - wireTap:
                uri: seda:side
            - circuitBreaker:
                steps:
                  - to: upstream:origin
            """;
    private static final String SIDE = """
            - route:
                id: side
                from:
                  uri: seda:side
                  steps:
                    - log: {message: side, loggingLevel: DEBUG}
            - route:
                id: tick
                from:
                  uri: timer:tick?period=50
                  steps:
                    - multicast: {parallelProcessing: true, steps: [{to: "seda:side"}, {to: "log:tick?level=DEBUG"}]}
            """;

    @Test
    void nothingIsLeftOfThem() throws Exception {
        try (Origin origin = Origin.saying("hello");
                RunningGateway gateway =
                        RunningGateway.with().passThrough(origin.port()).start();
                RawClient client = gateway.connect()) {
            replace(gateway, client, origin, 0, 5);
            Map<String, Long> few = settled();
            replace(gateway, client, origin, 5, 100);
            assertThat(mBeans("org.apache.camel:type=context,*"))
                    .anyMatch(name -> name.contains("context=proxy-stone,"));
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(settled())
                    .allSatisfy((what, count) ->
                            assertThat(count).as(what).isLessThanOrEqualTo(few.getOrDefault(what, 0L) + slack(what))));
        }
    }

    private static void replace(RunningGateway gateway, RawClient client, Origin origin, int from, int to)
            throws Exception {
        for (int i = from; i < to; i++) {
            gateway.writeFlow("gateway", RunningGateway.flow("gateway", "", STEPS.formatted(i)) + SIDE);
            gateway.writeFlow("flow" + i, RunningGateway.flow("flow" + i, "/flow" + i, "- to: upstream:origin"));
            if (i > 0) {
                gateway.deleteFlow("flow" + (i - 1));
            }
            gateway.writeSettings(
                    RunningGateway.upstream("origin", origin.port(), "timeouts: {total: " + (60 + i % 2) + "s}"));
            gateway.reload();
            assertThat(client.get("/").text()).isEqualTo("hello");
            assertThat(client.get("/flow" + i).text()).isEqualTo("hello");
        }
    }

    /** A pool of the revision that serves may have grown since; a hundred revisions would leave a hundred. */
    private static long slack(String what) {
        return what.equals("file descriptors") || what.startsWith("thread ") || what.equals("classes") ? 15 : 0;
    }

    /** What there is of everything that could be left behind, the garbage collected. */
    private static Map<String, Long> settled() throws Exception {
        Map<String, Long> counts = new TreeMap<>();
        String histogram = (String) SERVER.invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                "gcClassHistogram",
                new Object[] {new String[0]},
                new String[] {String[].class.getName()});
        histogram.lines().map(ROW::matcher).filter(Matcher::matches).forEach(row -> {
            String type = row.group(3);
            if (type.matches(
                            "(org\\.apache\\.camel\\.(impl|main|component|management|reifier)|io\\.proxystone)\\..*"
                                    + "(Context|Component|Endpoint|Consumer|Route|Main|Flow|UpstreamClient|Revision|Router|Listener)")
                    || (type.endsWith("ClassLoader") && !type.startsWith("jdk.internal.reflect."))) {
                counts.put(type, Long.parseLong(row.group(1)));
            }
        });
        Thread.getAllStackTraces()
                .keySet()
                .forEach(thread -> counts.merge("thread " + thread.getName().replaceAll("\\d+", "N"), 1L, Long::sum));
        counts.put("classes", (long) ManagementFactory.getClassLoadingMXBean().getLoadedClassCount() / 100);
        counts.put(
                "MBeans of contexts",
                mBeans("*:*").stream().filter(name -> name.matches(".*camel.*")).count() / 4);
        counts.put("contexts in JMX", (long)
                mBeans("org.apache.camel:type=context,*").size());
        UnixOperatingSystemMXBean system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        counts.put("file descriptors", system.getOpenFileDescriptorCount());
        counts.put("MiB of buffers", PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory() / (16 << 20));
        return counts;
    }

    private static java.util.List<String> mBeans(String query) throws Exception {
        return SERVER.queryNames(new ObjectName(query), null).stream()
                .map(Object::toString)
                .toList();
    }
}
