package io.proxystone.edge.camel;

import io.proxystone.edge.message.BodyMode;

/** The parameters a {@code netty-http} consumer takes here beyond Camel's own, as written in the flow. */
record FlowParameters(String hosts, boolean stripPrefix, BodyMode bodies, long maxBodySize) {}
