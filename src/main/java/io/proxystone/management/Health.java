package io.proxystone.management;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.proxystone.config.Finding;
import io.proxystone.control.RevisionStatus;
import java.util.function.Supplier;
import org.apache.camel.Exchange;

/** Answers the health checks: is the process alive, should it get traffic, and what is the matter. */
public final class Health {
    private static final int SERVICE_UNAVAILABLE = 503;
    private static final String JSON = "application/json";

    private final ObjectMapper mapper = new ObjectMapper();
    private final Supplier<RevisionStatus> revision;
    private volatile boolean draining;

    public Health(Supplier<RevisionStatus> revision) {
        this.revision = revision;
    }

    /** Has readiness report that no more traffic should come. */
    public void drain() {
        draining = true;
    }

    public boolean isReady() {
        return !draining && revision.get().number() > 0;
    }

    /** Liveness: being able to answer is the answer. */
    public void live(Exchange exchange) throws JsonProcessingException {
        answer(exchange, mapper.createObjectNode().put("status", "UP"), true);
    }

    /** Readiness: flows are served and the process is not about to end. */
    public void ready(Exchange exchange) throws JsonProcessingException {
        boolean ready = isReady();
        ObjectNode answer = mapper.createObjectNode().put("status", ready ? "UP" : "DOWN");
        if (draining) {
            answer.put("reason", "draining");
        } else if (!ready) {
            answer.put("reason", "starting");
        }
        answer(exchange, answer, ready);
    }

    /** Everything: readiness, the revision that serves, and why a newer one was rejected. */
    public void details(Exchange exchange) throws JsonProcessingException {
        RevisionStatus now = revision.get();
        boolean ready = isReady();
        ObjectNode answer = mapper.createObjectNode().put("status", ready ? "UP" : "DOWN");
        answer.put("draining", draining);
        ObjectNode flows = answer.putObject("revision").put("number", now.number());
        if (now.since() != null) {
            flows.put("since", now.since().toString());
        }
        if (now.rejectedAt() != null) {
            ObjectNode rejected =
                    flows.putObject("rejected").put("at", now.rejectedAt().toString());
            ArrayNode findings = rejected.putArray("findings");
            for (Finding finding : now.rejected()) {
                findings.addObject()
                        .put("file", finding.file())
                        .put("line", finding.line())
                        .put("key", finding.key())
                        .put("message", finding.message());
            }
        }
        answer(exchange, answer, ready);
    }

    private void answer(Exchange exchange, ObjectNode json, boolean good) throws JsonProcessingException {
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, JSON);
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, good ? 200 : SERVICE_UNAVAILABLE);
        exchange.getMessage().setHeader("Cache-Control", "no-store");
        exchange.getMessage().setBody(mapper.writeValueAsString(json));
    }
}
