package io.proxystone.traffic.accesslog;

/** The form of a line in the access log. */
public enum AccessLogFormat {
    /** A JSON object with all that is known. */
    JSON,
    /** The combined format that Apache and nginx write, followed by duration in seconds and request id. */
    COMBINED
}
