package io.proxystone.http.http1;

/** A way a message can break RFC 9112, with the status a server refuses it with and the words that say so. */
public enum Violation {
    BARE_LINE_FEED(400, "a line ends with a bare LF"),
    BARE_CARRIAGE_RETURN(400, "a CR is not followed by LF"),
    REQUEST_LINE(400, "the request line is not method, target and version with one space between"),
    METHOD(400, "the method is not a token"),
    TARGET(400, "the request target is malformed"),
    VERSION(400, "the protocol version is malformed"),
    VERSION_UNSUPPORTED(505, "the protocol version is not HTTP/1.0 or HTTP/1.1"),
    STATUS_LINE(400, "the status line is malformed"),
    FIELD_NAME(400, "a field name is not a token"),
    FIELD_NAME_SPACE(400, "white space stands between a field name and its colon"),
    FIELD_FOLDED(400, "a field line is folded"),
    FIELD_VALUE(400, "a field value has a forbidden character"),
    HOST_MISSING(400, "the Host field is missing"),
    HOST_REPEATED(400, "the Host field is repeated"),
    HOST_MALFORMED(400, "the Host field is not a host with an optional port"),
    LENGTH_MALFORMED(400, "the Content-Length field is malformed"),
    LENGTH_REPEATED(400, "the Content-Length field is repeated"),
    LENGTH_WITH_TRANSFER_ENCODING(400, "Content-Length and Transfer-Encoding stand in one message"),
    TRANSFER_ENCODING_IN_HTTP_1_0(400, "an HTTP/1.0 message has a Transfer-Encoding field"),
    TRANSFER_ENCODING_MALFORMED(400, "the Transfer-Encoding field does not end with chunked, once"),
    TRANSFER_ENCODING_UNKNOWN(501, "the Transfer-Encoding field names a coding other than chunked"),
    CHUNK_SIZE(400, "a chunk size is malformed"),
    CHUNK_EXTENSION(400, "a chunk extension is malformed or too long"),
    CHUNK_END(400, "a chunk does not end where its size says"),
    TRAILER(400, "the trailer section is malformed"),
    TARGET_TOO_LONG(414, "the request line is too long"),
    FIELDS_TOO_LARGE(431, "the field section is too large"),
    TRAILERS_TOO_LARGE(431, "the trailer section is too large");

    private final int status;
    private final String description;

    Violation(int status, String description) {
        this.status = status;
        this.description = description;
    }

    /** The status a server answers such a request with. */
    public int status() {
        return status;
    }

    public String description() {
        return description;
    }
}
