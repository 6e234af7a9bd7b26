package io.proxystone.http;

/** A request without its content: method, target, version and field section (RFC 9112 §2.1). */
public record RequestHead(String method, RequestTarget target, HttpVersion version, Fields fields) {

    /** Whether the client wants the connection to stay open after this request (RFC 9112 §9.3). */
    public boolean keepsAlive() {
        return Connections.keepsAlive(version, fields);
    }
}
