package io.proxystone.http;

/** The protocol version of a message on an HTTP/1 connection (RFC 9112 §2.3). A higher minor version counts as 1.1. */
public enum HttpVersion {
    HTTP_1_0("HTTP/1.0"),
    HTTP_1_1("HTTP/1.1");

    private final String text;

    HttpVersion(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }
}
