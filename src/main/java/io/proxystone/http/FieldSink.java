package io.proxystone.http;

/** Takes field lines one after the other. */
public interface FieldSink {

    /** Takes a line of some fields as it stands there. */
    void line(Fields fields, int line);

    /** Takes a line by name and value; the name must be a token. */
    void field(String name, String value);
}
