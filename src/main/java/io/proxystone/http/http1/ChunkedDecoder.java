package io.proxystone.http.http1;

import io.proxystone.http.Fields;
import io.proxystone.http.Octets;
import java.util.Arrays;

/**
 * Reads chunked content (RFC 9112 §7.1): takes the octets between the chunks one by one and says how many octets of
 * content come next, which its caller moves without looking at them.
 */
public final class ChunkedDecoder {
    private static final int MAX_SIZE_DIGITS = 15;
    private static final int MAX_EXTENSION = 1024;

    private enum State {
        SIZE,
        SIZE_SPACE,
        EXTENSION,
        SIZE_LF,
        DATA,
        DATA_CR,
        DATA_LF,
        TRAILERS,
        DONE
    }

    private final int maxTrailers;
    private final FieldLines fieldLines;

    private State state = State.SIZE;
    private long remaining;
    private int digits;
    private int extension;
    private byte[] trailers = new byte[0];
    private int trailersSize;
    private Fields trailerFields = Fields.EMPTY;

    /**
     * @param maxTrailers the largest trailer section in octets
     * @param maxTrailerFields the most lines it may have
     */
    public ChunkedDecoder(int maxTrailers, int maxTrailerFields) {
        this.maxTrailers = maxTrailers;
        this.fieldLines = new FieldLines(false, maxTrailerFields);
    }

    /** The octets of content that come before the next octet for {@link #accept}; 0 if that one comes next. */
    public long contentRemaining() {
        return state == State.DATA ? remaining : 0;
    }

    /** Tells that content went by, at most {@link #contentRemaining} octets. */
    public void contentPassed(long octets) {
        remaining -= octets;
        if (remaining == 0) {
            state = State.DATA_CR;
        }
    }

    /** Whether the last chunk and the trailer section have ended. */
    public boolean isDone() {
        return state == State.DONE;
    }

    /** The trailer section; empty before {@link #isDone}. */
    public Fields trailers() {
        return trailerFields;
    }

    /** Takes an octet that is not content. */
    public void accept(byte octet) throws MessageSyntaxException {
        switch (state) {
            case SIZE -> acceptSize(octet);
            case SIZE_SPACE -> acceptSpace(octet);
            case EXTENSION -> acceptExtension(octet);
            case SIZE_LF -> {
                require(octet == '\n', Violation.CHUNK_SIZE);
                state = remaining == 0 ? State.TRAILERS : State.DATA;
                digits = 0;
                extension = 0;
            }
            case DATA_CR -> {
                require(octet == '\r', Violation.CHUNK_END);
                state = State.DATA_LF;
            }
            case DATA_LF -> {
                require(octet == '\n', Violation.CHUNK_END);
                state = State.SIZE;
                remaining = 0;
            }
            case TRAILERS -> acceptTrailer(octet);
            case DATA, DONE -> throw new IllegalStateException("No framing octet comes in state " + state);
        }
    }

    private void acceptSize(byte octet) throws MessageSyntaxException {
        int digit = Octets.hex(octet);
        if (digit >= 0) {
            require(++digits <= MAX_SIZE_DIGITS, Violation.CHUNK_SIZE);
            remaining = remaining << 4 | digit;
            return;
        }
        require(digits > 0, Violation.CHUNK_SIZE);
        switch (octet) {
            case '\r' -> state = State.SIZE_LF;
            case ';' -> state = State.EXTENSION;
            case ' ', '\t' -> state = State.SIZE_SPACE;
            default -> throw new MessageSyntaxException(Violation.CHUNK_SIZE);
        }
    }

    /** White space may stand before an extension, but not instead of one. */
    private void acceptSpace(byte octet) throws MessageSyntaxException {
        require(++extension <= MAX_EXTENSION, Violation.CHUNK_EXTENSION);
        if (octet == ';') {
            state = State.EXTENSION;
        } else {
            require(octet == ' ' || octet == '\t', Violation.CHUNK_SIZE);
        }
    }

    private void acceptExtension(byte octet) throws MessageSyntaxException {
        if (octet == '\r') {
            state = State.SIZE_LF;
            return;
        }
        require(Octets.isFieldValue(octet) && ++extension <= MAX_EXTENSION, Violation.CHUNK_EXTENSION);
    }

    private void acceptTrailer(byte octet) throws MessageSyntaxException {
        if (trailersSize == trailers.length) {
            require(trailersSize < maxTrailers, Violation.TRAILERS_TOO_LARGE);
            trailers = Arrays.copyOf(trailers, Math.min(maxTrailers, Math.max(64, trailersSize * 2)));
        }
        byte previous = trailersSize == 0 ? 0 : trailers[trailersSize - 1];
        require((octet == '\n') == (previous == '\r'), Violation.TRAILER);
        trailers[trailersSize++] = octet;
        boolean emptyLine = octet == '\n' && (trailersSize == 2 || trailers[trailersSize - 3] == '\n');
        if (emptyLine) {
            if (trailersSize > 2) {
                trailerFields = fieldLines.parse(Arrays.copyOf(trailers, trailersSize), 0);
            }
            state = State.DONE;
        }
    }

    private static void require(boolean condition, Violation violation) throws MessageSyntaxException {
        if (!condition) {
            throw new MessageSyntaxException(violation);
        }
    }
}
