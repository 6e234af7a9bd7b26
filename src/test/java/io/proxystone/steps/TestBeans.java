package io.proxystone.steps;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Message;

/** Beans of flows under test. */
public final class TestBeans {
    private static final List<String> THREADS = new CopyOnWriteArrayList<>();
    private static final Semaphore BLOCK = new Semaphore(0);

    public String reverse(String text) {
        return new StringBuilder(text).reverse().toString();
    }

    /** Where a dynamic router goes: to the origin, then to where brackets are put. */
    public String nextHop(@ExchangeProperty(Exchange.SLIP_ENDPOINT) String previous) {
        if (previous == null) {
            return "upstream:origin";
        }
        return previous.startsWith("upstream") ? "direct:bracket" : null;
    }

    /** The names of all headers, one a line. */
    public String headerNames(Exchange exchange) {
        return String.join("\n", exchange.getMessage().getHeaders().keySet());
    }

    /** Sets the header that X-Name names to a value that tries to start a line of its own, the way X-End says. */
    public void inject(Exchange exchange) {
        Message message = exchange.getMessage();
        String lineEnd =
                switch (message.getHeader("X-End", String.class)) {
                    case "crlf" -> "\r\n";
                    case "lf" -> "\n";
                    case "cr" -> "\r";
                    default -> "\u010d\u010a"; // whose low octets are CR and LF
                };
        message.setHeader(message.getHeader("X-Name", String.class), "5" + lineEnd + "X-Injected: 1");
        message.setBody("hello");
    }

    /** Asks another route and waits for its answer, as beans with a producer template do. */
    public String askAndWait(Exchange exchange) {
        return exchange.getContext().createProducerTemplate().requestBody("direct:slow", "", String.class);
    }

    /** Blocks its thread until {@link #unblock}. */
    public String block() throws InterruptedException {
        BLOCK.acquire();
        return "unblocked";
    }

    static void unblock() {
        BLOCK.release();
    }

    /** What the caught exception and its causes say. */
    public String causes(Exchange exchange) {
        StringBuilder text = new StringBuilder();
        Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        for (; cause != null; cause = cause.getCause()) {
            text.append(cause.getMessage()).append('\n');
        }
        return text.toString();
    }

    /** The name of the upstream, once more on the calling thread. */
    public String notedOrigin() {
        THREADS.add(Thread.currentThread().getName());
        return "origin";
    }

    /** The threads that asked for {@link #notedOrigin}, in order. */
    static List<String> threads() {
        return THREADS;
    }

    /** Whether X-Ask was sent; it leaves a mark. */
    public boolean marks(Exchange exchange) {
        exchange.getMessage().setHeader("X-Mark", "set");
        return exchange.getMessage().getHeader("X-Ask") != null;
    }
}
