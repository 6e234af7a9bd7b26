package io.proxystone.http.http1;

import io.proxystone.http.Octets;

/**
 * Finds the end of a head in octets that arrive in pieces, and refuses what no later octet could mend: a bare LF, a bare
 * CR, a first line or a section over its limit. It keeps its place, so that a trickle costs no second look.
 */
public final class HeadScanner {
    private final int maxStartLine;
    private final int maxHead;
    private final boolean lenientLineEnds;

    private int position;
    private int lineStart;
    private boolean startLineSeen;

    /**
     * @param maxStartLine the longest first line in octets, without its end
     * @param maxHead the largest head in octets, everything included
     * @param lenientLineEnds whether a bare LF ends a line too, as RFC 9112 §2.2 allows a recipient
     */
    public HeadScanner(int maxStartLine, int maxHead, boolean lenientLineEnds) {
        this.maxStartLine = maxStartLine;
        this.maxHead = maxHead;
        this.lenientLineEnds = lenientLineEnds;
    }

    /** Starts over with a new head. */
    public void reset() {
        position = 0;
        lineStart = 0;
        startLineSeen = false;
    }

    /**
     * Looks at the octets not seen yet of {@code head[0, end)}, where a head starts at 0.
     *
     * @return the index after the empty line that ends the head, or -1 if it has not come yet
     */
    public int scan(byte[] head, int end) throws MessageSyntaxException {
        int i = position;
        if (i == 0 && end > 0) {
            checkStart(head[0]);
        }
        while (i < end) {
            byte octet = head[i];
            if (octet > '\r') {
                i++;
            } else if (octet == '\r') {
                if (i + 1 == end) {
                    break;
                }
                if (head[i + 1] != '\n') {
                    throw new MessageSyntaxException(Violation.BARE_CARRIAGE_RETURN);
                }
                if (endLine(i, i + 2)) {
                    return i + 2;
                }
                i += 2;
            } else if (octet == '\n') {
                if (!lenientLineEnds) {
                    throw new MessageSyntaxException(Violation.BARE_LINE_FEED);
                }
                if (endLine(i, i + 1)) {
                    return i + 1;
                }
                i++;
            } else {
                i++;
            }
        }
        position = i;
        checkLimits(startLineSeen ? 0 : i, end);
        return -1;
    }

    /** A client that speaks TLS, or no HTTP at all, would otherwise wait for its answer until it ends a line. */
    private void checkStart(byte first) throws MessageSyntaxException {
        if (!lenientLineEnds && first != '\r' && first != '\n' && !Octets.isToken(first)) {
            throw new MessageSyntaxException(Violation.METHOD);
        }
    }

    /** Ends a line and says whether it was the empty one after the section. */
    private boolean endLine(int lineEnd, int next) throws MessageSyntaxException {
        if (startLineSeen) {
            checkLimits(0, next);
            if (lineEnd == lineStart) {
                return true;
            }
        } else {
            checkLimits(lineEnd, next);
            startLineSeen = true;
        }
        lineStart = next;
        return false;
    }

    private void checkLimits(int startLine, int head) throws MessageSyntaxException {
        if (startLine > maxStartLine) {
            throw new MessageSyntaxException(Violation.TARGET_TOO_LONG);
        }
        if (head > maxHead) {
            throw new MessageSyntaxException(Violation.FIELDS_TOO_LARGE);
        }
    }
}
