package io.proxystone.steps;

import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;

/** Joins texts with a plus sign. */
public final class Joined implements AggregationStrategy {
    @Override
    public Exchange aggregate(Exchange old, Exchange next) {
        if (old == null) {
            return next;
        }
        String joined =
                old.getMessage().getBody(String.class) + "+" + next.getMessage().getBody(String.class);
        old.getMessage().setBody(joined);
        return old;
    }
}
