package io.proxystone.http;

/** Something that has fields to send. */
@FunctionalInterface
public interface FieldSource {
    void sendTo(FieldSink sink);
}
