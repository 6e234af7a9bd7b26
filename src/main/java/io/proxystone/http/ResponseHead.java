package io.proxystone.http;

/** A response without its content: version, status, reason phrase and field section (RFC 9112 §2.1). */
public record ResponseHead(HttpVersion version, int status, String reason, Fields fields) {

    /** Whether the sender will keep the connection open after this response (RFC 9112 §9.3). */
    public boolean keepsAlive() {
        return Connections.keepsAlive(version, fields);
    }

    /** Whether this is an interim response, after which another one follows (RFC 9110 §15.2). */
    public boolean isInterim() {
        return status < 200;
    }
}
