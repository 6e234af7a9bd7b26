package io.proxystone.cache;

import io.proxystone.http.FieldName;
import io.proxystone.http.FieldValue;
import io.proxystone.http.Fields;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** What a response can be purged by: the tags of Cache-Tag (commas between) and Surrogate-Key (spaces between), and a rule's. */
final class Tags {
    private static final int MOST = 64;
    private static final int LONGEST = 256;

    private Tags() {}

    /** At most {@value #MOST} tags of at most {@value #LONGEST} characters; further ones do not count. */
    static Set<String> of(Fields response, Collection<String> more) {
        Set<String> tags = new LinkedHashSet<>(more);
        FieldValue.splitList(response.all(FieldName.CACHE_TAG)).forEach(tag -> add(tag, tags));
        for (String line : response.all(FieldName.SURROGATE_KEY)) {
            for (String tag : line.strip().split("\\s+")) {
                add(tag, tags);
            }
        }
        return tags;
    }

    private static void add(String tag, Set<String> tags) {
        if (!tag.isEmpty() && tag.length() <= LONGEST && tags.size() < MOST) {
            tags.add(tag);
        }
    }
}
