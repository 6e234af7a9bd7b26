package io.proxystone.edge.message;

import io.proxystone.http.HttpDate;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.TemporalAccessor;
import java.util.Collection;
import java.util.Date;
import java.util.UUID;
import java.util.function.Consumer;

/** Turns the values of Camel headers into field values. */
final class HeaderValues {
    private HeaderValues() {}

    /** Gives each field line a header value stands for; none if it is an object that HTTP has no text for. */
    static void forEach(Object value, Consumer<String> action) {
        if (value instanceof String text) {
            action.accept(text);
        } else if (value instanceof Collection<?> values) {
            values.forEach(each -> forEach(each, action));
        } else if (value instanceof Object[] values) {
            for (Object each : values) {
                forEach(each, action);
            }
        } else if (value instanceof Date date) {
            action.accept(HttpDate.format(date.toInstant()));
        } else if (value instanceof Instant instant) {
            action.accept(HttpDate.format(instant));
        } else if (hasText(value)) {
            action.accept(value.toString());
        }
    }

    private static boolean hasText(Object value) {
        return value instanceof CharSequence
                || value instanceof Number
                || value instanceof Boolean
                || value instanceof Character
                || value instanceof Enum<?>
                || value instanceof URI
                || value instanceof UUID
                || value instanceof TemporalAccessor;
    }
}
