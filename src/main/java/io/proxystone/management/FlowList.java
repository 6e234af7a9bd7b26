package io.proxystone.management;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.proxystone.control.FlowState;
import java.util.List;
import java.util.function.Supplier;
import org.apache.camel.Exchange;

/** Answers which flows are served. */
public final class FlowList {
    private final ObjectMapper mapper = new ObjectMapper();
    private final Supplier<List<FlowState>> flows;

    public FlowList(Supplier<List<FlowState>> flows) {
        this.flows = flows;
    }

    public void list(Exchange exchange) throws JsonProcessingException {
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/json");
        exchange.getMessage().setBody(mapper.writeValueAsString(flows.get()));
    }
}
