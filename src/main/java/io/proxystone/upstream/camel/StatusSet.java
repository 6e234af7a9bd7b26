package io.proxystone.upstream.camel;

import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A set of status codes written as {@code 502,504}, {@code 500-503}, {@code 5xx} or several of these. */
final class StatusSet {
    private static final Pattern FORM = Pattern.compile("([1-5])xx|([1-5]\\d\\d)(?:-([1-5]\\d\\d))?");

    private final BitSet codes = new BitSet();

    private StatusSet() {}

    /** @throws IllegalArgumentException if an element is none of these forms */
    static StatusSet parse(String text) {
        StatusSet set = new StatusSet();
        for (String element : text.split(",")) {
            if (element.isBlank()) {
                continue;
            }
            Matcher matcher = FORM.matcher(element.strip());
            if (!matcher.matches()) {
                throw new IllegalArgumentException(
                        "failOn: '" + element + "' is not a status, a range such as 500-503, or 5xx");
            }
            if (matcher.group(1) != null) {
                int first = Integer.parseInt(matcher.group(1)) * 100;
                set.codes.set(first, first + 100);
            } else {
                int first = Integer.parseInt(matcher.group(2));
                set.codes.set(first, matcher.group(3) == null ? first + 1 : Integer.parseInt(matcher.group(3)) + 1);
            }
        }
        return set;
    }

    boolean contains(int status) {
        return codes.get(status);
    }
}
