package io.proxystone.http;

/** Octets of a representation from the first to the last, both included and counted from 0 (RFC 9110 §14.1.2). */
public record ByteRange(long first, long last) {
    public ByteRange {
        if (first < 0 || last < first) {
            throw new IllegalArgumentException("Not a range of octets: " + first + "-" + last);
        }
    }

    public long length() {
        return last - first + 1;
    }

    /** Whether no octet lies between this range and another one. */
    boolean meets(ByteRange other) {
        return first - 1 <= other.last && other.first - 1 <= last;
    }

    /** The range from the earlier start to the later end. */
    ByteRange union(ByteRange other) {
        return new ByteRange(Math.min(first, other.first), Math.max(last, other.last));
    }
}
