package io.proxystone.http.http1;

import io.proxystone.http.FieldName;
import io.proxystone.http.Fields;
import io.proxystone.http.Octets;

/** Parses field lines (RFC 9112 §5) of a section that ends with an empty line. */
final class FieldLines {
    private final boolean lenient;
    private final int maxLines;

    /**
     * @param lenient whether white space before a colon and folded lines are read as RFC 9112 §5.1 and §5.2 let a
     *     recipient of responses do, instead of refused
     */
    FieldLines(boolean lenient, int maxLines) {
        this.lenient = lenient;
        this.maxLines = maxLines;
    }

    /** The fields of {@code section[from, …)}, which nobody changes from now on. */
    Fields parse(byte[] section, int from) throws MessageSyntaxException {
        Fields.Builder fields = Fields.builder().over(section);
        int i = from;
        while (section[i] != '\r' && section[i] != '\n') {
            if (fields.size() == maxLines) {
                throw new MessageSyntaxException(Violation.FIELDS_TOO_LARGE);
            }
            i = parseLine(section, i, fields);
        }
        return fields.build();
    }

    /** Parses the line at an index and returns the index of the next. */
    private int parseLine(byte[] section, int from, Fields.Builder fields) throws MessageSyntaxException {
        int i = from;
        int hash = 0;
        while (Octets.isToken(section[i])) {
            hash = FieldName.hash(hash, section[i]);
            i++;
        }
        int nameEnd = i;
        if (section[i] != ':') {
            i = refuseOrSkipSpace(section, from, i);
        }
        if (nameEnd == from) {
            throw new MessageSyntaxException(Violation.FIELD_NAME);
        }
        i++;
        while (isSpace(section[i])) {
            i++;
        }
        int valueStart = i;
        int valueEnd = endOfValue(section, i);
        int next = section[valueEnd] == '\r' ? valueEnd + 2 : valueEnd + 1;
        while (isSpace(section[next])) {
            valueEnd = unfold(section, valueEnd, next);
            next = section[valueEnd] == '\r' ? valueEnd + 2 : valueEnd + 1;
        }
        int trimmed = valueEnd;
        while (trimmed > valueStart && isSpace(section[trimmed - 1])) {
            trimmed--;
        }
        fields.line(from, nameEnd, hash, valueStart, trimmed);
        return next;
    }

    private int refuseOrSkipSpace(byte[] section, int from, int nameEnd) throws MessageSyntaxException {
        if (!isSpace(section[nameEnd])) {
            throw new MessageSyntaxException(Violation.FIELD_NAME);
        }
        if (nameEnd == from) {
            throw new MessageSyntaxException(Violation.FIELD_FOLDED);
        }
        int i = nameEnd;
        while (isSpace(section[i])) {
            i++;
        }
        if (!lenient || section[i] != ':') {
            throw new MessageSyntaxException(Violation.FIELD_NAME_SPACE);
        }
        return i;
    }

    private static int endOfValue(byte[] section, int from) throws MessageSyntaxException {
        int i = from;
        while (Octets.isFieldValue(section[i])) {
            i++;
        }
        if (section[i] != '\r' && section[i] != '\n') {
            throw new MessageSyntaxException(Violation.FIELD_VALUE);
        }
        return i;
    }

    /** Replaces a fold by spaces in place (RFC 9112 §5.2) and returns the end of the continued value. */
    private int unfold(byte[] section, int lineEnd, int next) throws MessageSyntaxException {
        if (!lenient) {
            throw new MessageSyntaxException(Violation.FIELD_FOLDED);
        }
        for (int i = lineEnd; i < next; i++) {
            section[i] = ' ';
        }
        return endOfValue(section, next);
    }

    private static boolean isSpace(byte octet) {
        return octet == ' ' || octet == '\t';
    }
}
