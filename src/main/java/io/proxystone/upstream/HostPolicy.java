package io.proxystone.upstream;

/** Which Host an origin gets to see (RFC 9110 §7.2). */
public enum HostPolicy {
    /** The one the client asked for. */
    PRESERVE,
    /** The one of the target. */
    REWRITE
}
