package io.proxystone.http;

import java.util.ArrayList;
import java.util.List;

/** The value of If-Match or If-None-Match: any representation, or those with one of some tags (RFC 9110 §13.1.1, §13.1.2). */
public final class EntityTagList {
    private static final List<String> ANY = List.of("*");

    private final List<String> elements;
    private final List<EntityTag> tags;

    private EntityTagList(List<String> elements, List<EntityTag> tags) {
        this.elements = elements;
        this.tags = tags;
    }

    /** Reads field lines. An element that is no entity tag is kept only as a text for {@link #containsText}. */
    public static EntityTagList parse(List<String> lines) {
        List<String> elements = new ArrayList<>();
        List<EntityTag> tags = new ArrayList<>();
        for (String line : lines) {
            int start = 0;
            while (start < line.length()) {
                int end = endOfElement(line, start);
                String element = FieldValue.trim(line, start, end);
                if (!element.isEmpty()) {
                    elements.add(element);
                    EntityTag tag = EntityTag.parse(element);
                    if (tag != null) {
                        tags.add(tag);
                    }
                }
                start = end + 1;
            }
        }
        return new EntityTagList(elements, List.copyOf(tags));
    }

    /** Whether the value is {@code *} and nothing else. */
    public boolean isAny() {
        return elements.equals(ANY);
    }

    public List<EntityTag> tags() {
        return tags;
    }

    /** Whether a tag of the list matches in the weak comparison. */
    public boolean containsWeakly(EntityTag tag) {
        for (EntityTag each : tags) {
            if (each.matchesWeakly(tag)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a tag of the list matches in the strong comparison. */
    public boolean containsStrongly(EntityTag tag) {
        for (EntityTag each : tags) {
            if (each.matchesStrongly(tag)) {
                return true;
            }
        }
        return false;
    }

    /** Whether an element is written exactly so: the only comparison for what an origin sends in place of an entity tag. */
    public boolean containsText(String element) {
        return elements.contains(element);
    }

    /** The next comma outside quotes, or the end. A backslash is a character like others: entity tags have no escapes. */
    private static int endOfElement(String line, int from) {
        boolean quoted = false;
        for (int i = from; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                return i;
            }
        }
        return line.length();
    }
}
