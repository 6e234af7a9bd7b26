package io.proxystone.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The field lines of a section in their order (RFC 9110 §5), immutable. It keeps the octets they came in: a line that
 * nobody asks about becomes no string and leaves as it arrived.
 */
public final class Fields implements FieldSource {
    public static final Fields EMPTY = new Builder().build();

    /** Integers per line in {@link #lines}: where its name and its value start and end. */
    private static final int STRIDE = 4;

    private final byte[] octets;
    private final int end;
    private final int[] lines;
    private final @Nullable FieldName[] known;
    private final int size;

    private Fields(byte[] octets, int end, int[] lines, @Nullable FieldName[] known, int size) {
        this.octets = octets;
        this.end = end;
        this.lines = lines;
        this.known = known;
        this.size = size;
    }

    public static Builder builder() {
        return new Builder();
    }

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /** The octets of names and values, and whatever stands between them where they came in one piece. */
    public int octetCount() {
        return end;
    }

    /** The constant for the name of a line, or null if the name is not among them. */
    public @Nullable FieldName known(int line) {
        return known[line];
    }

    /** The name of a line as it was written. */
    public String name(int line) {
        FieldName name = known[line];
        return name != null && isSpelled(line, name.text()) ? name.text() : text(line * STRIDE);
    }

    /** The value of a line without the white space around it; octets above 127 read as ISO 8859-1. */
    public String value(int line) {
        return text(line * STRIDE + 2);
    }

    /** The value of the first line of a name, or null. */
    public @Nullable String first(FieldName name) {
        int line = indexOf(name, 0);
        return line < 0 ? null : value(line);
    }

    /** The values of a name, one per line. */
    public List<String> all(FieldName name) {
        List<String> values = List.of();
        for (int line = indexOf(name, 0); line >= 0; line = indexOf(name, line + 1)) {
            values = append(values, value(line));
        }
        return values;
    }

    /** The values of a name in any case, one per line. */
    public List<String> all(String name) {
        FieldName constant = FieldName.find(name);
        if (constant != null) {
            return all(constant);
        }
        List<String> values = List.of();
        for (int line = 0; line < size; line++) {
            if (known[line] == null && isNamed(line, name)) {
                values = append(values, value(line));
            }
        }
        return values;
    }

    public boolean contains(FieldName name) {
        return indexOf(name, 0) >= 0;
    }

    /** The index of the first line of a name from a line on, or -1. */
    public int indexOf(FieldName name, int from) {
        for (int line = from; line < size; line++) {
            if (known[line] == name) {
                return line;
            }
        }
        return -1;
    }

    /** Whether a line has the name, in any case. */
    public boolean isNamed(int line, String name) {
        int start = lines[line * STRIDE];
        int length = lines[line * STRIDE + 1] - start;
        if (name.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (Octets.lower(octets[start + i]) != Octets.lower(name.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether the name of a line starts with a prefix given in lower case. */
    public boolean nameStartsWith(int line, String lowerCasePrefix) {
        int start = lines[line * STRIDE];
        if (lines[line * STRIDE + 1] - start < lowerCasePrefix.length()) {
            return false;
        }
        for (int i = 0; i < lowerCasePrefix.length(); i++) {
            if (Octets.lower(octets[start + i]) != lowerCasePrefix.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Writes a line with its end; a name that came in other case, or a value with white space around it, is kept as read. */
    public void write(int line, HeadWriter out) {
        int base = line * STRIDE;
        out.octets(octets, lines[base], lines[base + 1]);
        out.colon();
        out.octets(octets, lines[base + 2], lines[base + 3]);
        out.endLine();
    }

    @Override
    public void sendTo(FieldSink sink) {
        for (int line = 0; line < size; line++) {
            sink.line(this, line);
        }
    }

    private String text(int bounds) {
        return new String(octets, lines[bounds], lines[bounds + 1] - lines[bounds], StandardCharsets.ISO_8859_1);
    }

    private boolean isSpelled(int line, String text) {
        int start = lines[line * STRIDE];
        for (int i = 0; i < text.length(); i++) {
            if (octets[start + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static List<String> append(List<String> values, String value) {
        if (values.isEmpty()) {
            return List.of(value);
        }
        List<String> longer = new ArrayList<>(values);
        longer.add(value);
        return longer;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int line = 0; line < size; line++) {
            text.append(name(line)).append(": ").append(value(line)).append('\n');
        }
        return text.toString();
    }

    /** The names of all lines in lower case, each once, in order. */
    public List<String> names() {
        List<String> names = new ArrayList<>(size);
        for (int line = 0; line < size; line++) {
            String name = name(line).toLowerCase(Locale.ROOT);
            if (!names.contains(name)) {
                names.add(name);
            }
        }
        return names;
    }

    /** Collects field lines: those of a parsed section by where they stand, others by name and value. */
    public static final class Builder {
        private static final int EXPECTED_LINES = 12;

        private static final int SPARE_LINES = 4;

        private byte[] octets = new byte[0];
        private int end;
        private boolean shared;
        private int[] lines = new int[EXPECTED_LINES * STRIDE];
        private @Nullable FieldName[] known = new @Nullable FieldName[EXPECTED_LINES];
        private int size;

        private Builder() {}

        /** Makes the octets of a section, which nobody changes from now on, what {@link #line} refers to. */
        public Builder over(byte[] section) {
            octets = section;
            end = section.length;
            shared = true;
            return this;
        }

        /** Adds a line by the bounds of its name and value in the section. */
        public void line(int nameStart, int nameEnd, int nameHash, int valueStart, int valueEnd) {
            int base = size * STRIDE;
            if (base == lines.length) {
                lines = Arrays.copyOf(lines, lines.length * 2);
                known = Arrays.copyOf(known, known.length * 2);
            }
            lines[base] = nameStart;
            lines[base + 1] = nameEnd;
            lines[base + 2] = valueStart;
            lines[base + 3] = valueEnd;
            known[size++] = FieldName.find(octets, nameStart, nameEnd, nameHash);
        }

        public int size() {
            return size;
        }

        public Builder add(FieldName name, String value) {
            return add(name.text(), value);
        }

        /**
         * Adds a line. A value's CR, LF and other control characters become spaces, so that no value can start a new line;
         * a value beyond ISO 8859-1 is written in UTF-8.
         *
         * @throws IllegalArgumentException if the name is not a token
         */
        public Builder add(String name, String value) {
            if (!Octets.isToken(name)) {
                throw new IllegalArgumentException("Not a field name: " + name);
            }
            byte[] encoded = FieldValue.encode(value);
            int start = end;
            reserve(name.length() + encoded.length);
            int hash = 0;
            for (int i = 0; i < name.length(); i++) {
                octets[start + i] = (byte) name.charAt(i);
                hash = FieldName.hash(hash, name.charAt(i));
            }
            int valueStart = start + name.length();
            System.arraycopy(encoded, 0, octets, valueStart, encoded.length);
            end = valueStart + encoded.length;
            line(start, valueStart, hash, valueStart, end);
            return this;
        }

        private void reserve(int more) {
            if (octets.length - end < more || shared) {
                octets = Arrays.copyOf(octets, Math.max(end + more, end + end / 2));
                shared = false;
            }
        }

        /** Adds all lines of other fields. */
        public Builder addAll(Fields other) {
            if (size == 0 && end == 0) {
                return startWith(other);
            }
            for (int line = 0; line < other.size; line++) {
                add(other.name(line), other.value(line));
            }
            return this;
        }

        /** Takes lines over as they stand; their octets are copied with the first line that is added to them. */
        private Builder startWith(Fields other) {
            octets = other.octets;
            end = other.end;
            shared = true;
            size = other.size;
            lines = Arrays.copyOf(other.lines, Math.max(other.lines.length, (size + SPARE_LINES) * STRIDE));
            known = Arrays.copyOf(other.known, lines.length / STRIDE);
            return this;
        }

        public Fields build() {
            return new Fields(octets, end, lines, known, size);
        }
    }
}
