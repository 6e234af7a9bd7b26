package io.proxystone.steps;

import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;

/** Beans of flows under test. */
public final class TestBeans {

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
}
