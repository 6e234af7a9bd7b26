package io.proxystone.http;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Dates as HTTP writes them: IMF-fixdate, always GMT, in whole seconds (RFC 9110 §5.6.7). */
public final class HttpDate {
    private static final DateTimeFormatter IMF_FIXDATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private HttpDate() {}

    public static String format(Instant instant) {
        return IMF_FIXDATE.format(instant);
    }

    /**
     * Reads IMF-fixdate and the two obsolete forms, RFC 850's and asctime's, exactly as the grammar has them; null for
     * anything else. Years of two digits are 1970 to 2069. The day's name need not be right for the date.
     */
    public static @Nullable Instant parse(String text) {
        return new HttpDateParser(text, null).parse();
    }

    /** Like {@link #parse(String)}, but a year of two digits is the latest that is not over 50 years after now. */
    public static @Nullable Instant parse(String text, Instant now) {
        return new HttpDateParser(text, now).parse();
    }

    /** Like {@link #parse(String, Instant)}, but in any case and with UTC for GMT, as caches read dates (RFC 9111 §4.2). */
    public static @Nullable Instant parseInAnyCase(String text, Instant now) {
        Instant exact = parse(text, now);
        return exact == null ? parse(inUsualCase(text), now) : exact;
    }

    private static String inUsualCase(String text) {
        StringBuilder usual = new StringBuilder(text);
        for (int i = 0; i < text.length(); i++) {
            boolean first = i == 0 || !Character.isLetter(text.charAt(i - 1));
            char c = text.charAt(i);
            usual.setCharAt(i, first ? Character.toUpperCase(c) : Character.toLowerCase(c));
        }
        return usual.toString().replaceFirst(" (?:Gmt|Utc)$", " GMT");
    }
}
