package io.proxystone.edge.message;

import io.proxystone.http.Fields;
import java.util.Map;
import org.apache.camel.spi.HeadersMapFactory;

/**
 * Makes the header maps of all messages of a context such that a copy of an HTTP message's headers stays what it is: many
 * steps put a message of their own in place of the one they change the body of, and only its headers tell that this one is
 * still the request, or the response, that came in.
 */
public final class GatewayHeadersFactory implements HeadersMapFactory {

    @Override
    public Map<String, Object> newMap() {
        return new GatewayHeaders(Fields.EMPTY, new ComputedHeaders(null, null));
    }

    @Override
    public Map<String, Object> newMap(Map<String, Object> map) {
        Map<String, Object> copy = newMap();
        copy.putAll(map);
        return copy;
    }

    @Override
    public boolean isInstanceOf(Map<String, Object> map) {
        return map instanceof GatewayHeaders;
    }

    @Override
    public boolean isCaseInsensitive() {
        return true;
    }
}
