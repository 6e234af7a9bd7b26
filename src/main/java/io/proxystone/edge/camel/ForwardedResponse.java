package io.proxystone.edge.camel;

import io.proxystone.http.FieldName;
import io.proxystone.http.FieldSink;
import io.proxystone.http.FieldSource;
import io.proxystone.http.HttpVersion;

/** The fields of a response that came from an origin, with the Via of this hop (RFC 9110 §7.6.3). */
record ForwardedResponse(FieldSource fields, HttpVersion received) implements FieldSource {
    private static final String VIA_1_1 = "1.1 proxy-stone";
    private static final String VIA_1_0 = "1.0 proxy-stone";

    @Override
    public void sendTo(FieldSink sink) {
        fields.sendTo(sink);
        sink.field(FieldName.VIA.text(), received == HttpVersion.HTTP_1_0 ? VIA_1_0 : VIA_1_1);
    }
}
