package io.proxystone.edge.camel;

import io.proxystone.edge.FlowAddress;
import io.proxystone.edge.FlowHandler;
import io.proxystone.edge.FlowOptions;
import io.proxystone.edge.ServerExchange;
import io.proxystone.edge.message.GatewayMessage;
import io.proxystone.http.FieldName;
import io.proxystone.http.Fields;
import io.proxystone.http.ProblemType;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.component.netty.http.NettyHttpConsumer;

/** A route that starts with {@code netty-http}, as the listener sees it. */
final class CamelFlow implements FlowHandler {
    private static final Fields RETRY_AFTER =
            Fields.builder().add(FieldName.RETRY_AFTER, "1").build();

    private final NettyHttpConsumer consumer;
    private final GatewayHttpEndpoint endpoint;
    private final FlowAddress address;
    private final FlowOptions options;
    private final FlowTable flows;

    CamelFlow(NettyHttpConsumer consumer, FlowTable flows) {
        this.flows = flows;
        this.consumer = consumer;
        this.endpoint = (GatewayHttpEndpoint) consumer.getEndpoint();
        this.address = endpoint.flowAddress();
        this.options = endpoint.flowOptions();
    }

    GatewayHttpEndpoint endpoint() {
        return endpoint;
    }

    @Override
    public String flow() {
        return consumer.getRouteId();
    }

    @Override
    public FlowAddress address() {
        return address;
    }

    @Override
    public FlowOptions options() {
        return options;
    }

    @Override
    public void claimed() {
        flows.claimed();
    }

    @Override
    public void released() {
        flows.released();
    }

    @Override
    public void handle(ServerExchange request) {
        if (consumer.isSuspendingOrSuspended()) {
            request.respondProblem(ProblemType.UNAVAILABLE, "The flow is suspended", RETRY_AFTER);
            return;
        }
        Exchange exchange = consumer.createExchange(false);
        exchange.setPattern(ExchangePattern.InOut);
        exchange.setIn(GatewayMessage.ofRequest(consumer.getContext(), request));
        FlowAnswer answer = new FlowAnswer(this, exchange, request);
        try {
            consumer.createUoW(exchange);
            consumer.getAsyncProcessor().process(exchange, answer);
        } catch (Exception e) {
            exchange.setException(e);
            answer.done(true);
        }
    }

    /** The exchange is over: its last byte has left. */
    void end(Exchange exchange) {
        consumer.doneUoW(exchange);
        consumer.releaseExchange(exchange, false);
    }
}
