package io.proxystone.http;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parts of a representation that a Range field asks for, in octets (RFC 9110 §14.2). */
public final class ByteRanges {
    /** More than so many is no use of ranges but an attack (RFC 9110 §17.15). */
    private static final int MAX_RANGES = 64;

    private static final String UNIT = "bytes=";

    private final List<Spec> specs;

    private ByteRanges(List<Spec> specs) {
        this.specs = specs;
    }

    /** Reads a Range field; null if it is not about octets, is malformed or has too many ranges, and is to be ignored. */
    public static @Nullable ByteRanges parse(String rangeFieldValue) {
        String value = FieldValue.trim(rangeFieldValue);
        if (!value.regionMatches(true, 0, UNIT, 0, UNIT.length())) {
            return null;
        }
        List<Spec> specs = new ArrayList<>();
        for (String element : FieldValue.splitList(List.of(value.substring(UNIT.length())))) {
            Spec spec = Spec.parse(element);
            if (spec == null || specs.size() == MAX_RANGES) {
                return null;
            }
            specs.add(spec);
        }
        return specs.isEmpty() ? null : new ByteRanges(specs);
    }

    /**
     * The ranges that exist in a representation of a size, in the order they were asked for; those that overlap or adjoin are
     * one, in the place of the first. None means that the request cannot be satisfied (RFC 9110 §15.5.17), as always for
     * size 0.
     */
    public List<ByteRange> satisfiable(long size) {
        List<ByteRange> ranges = new ArrayList<>();
        for (Spec spec : specs) {
            ByteRange range = spec.of(size);
            if (range != null) {
                addCoalesced(range, ranges);
            }
        }
        return List.copyOf(ranges);
    }

    /** Adds a range to some that do not meet each other. */
    private static void addCoalesced(ByteRange range, List<ByteRange> ranges) {
        ByteRange union = range;
        int place = ranges.size();
        for (int i = ranges.size() - 1; i >= 0; i--) {
            if (union.meets(ranges.get(i))) {
                union = union.union(ranges.remove(i));
                place = i;
            }
        }
        ranges.add(place, union);
    }

    /**
     * One range as it is asked for.
     *
     * @param first the first position, or -1 for a suffix
     * @param last the last position, which may be beyond the end, or the length of the suffix
     */
    private record Spec(long first, long last) {
        static @Nullable Spec parse(String text) {
            int dash = text.indexOf('-');
            if (dash < 0) {
                return null;
            }
            long first = dash == 0 ? -1 : FieldValue.number(text, 0, dash);
            boolean open = dash > 0 && dash == text.length() - 1;
            long last = open ? Long.MAX_VALUE : FieldValue.number(text, dash + 1, text.length());
            boolean valid = last >= first && last >= 0 && (first >= 0 || dash == 0);
            return valid ? new Spec(first, last) : null;
        }

        @Nullable
        ByteRange of(long size) {
            if (first < 0) {
                return last == 0 || size == 0 ? null : new ByteRange(Math.max(0, size - last), size - 1);
            }
            return first >= size ? null : new ByteRange(first, Math.min(last, size - 1));
        }
    }
}
