package io.proxystone.http;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the three forms of a date by the places where their parts stand (RFC 9110 §5.6.7). */
final class HttpDateParser {
    private static final String DAYS = "MonTueWedThuFriSatSun";
    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
    private static final List<String> LONG_DAYS =
            List.of("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday");

    /** The first year that two digits mean if there is no present to compare with. */
    private static final int FIRST_YEAR = 1970;

    private static final int YEARS_AHEAD = 50;
    private static final int SECONDS_PER_DAY = 86400;

    private final String text;
    private final @Nullable Instant now;

    HttpDateParser(String text, @Nullable Instant now) {
        this.text = text;
        this.now = now;
    }

    @Nullable
    Instant parse() {
        int comma = text.indexOf(',');
        if (comma < 0) {
            return asctime();
        }
        return comma == 3 ? imfFixdate() : rfc850(comma);
    }

    /** Such as {@code Sun, 06 Nov 1994 08:49:37 GMT}. */
    private @Nullable Instant imfFixdate() {
        boolean formed = text.length() == 29
                && isIn(DAYS, 0)
                && has(3, ", ")
                && has(7, " ")
                && has(11, " ")
                && has(16, " ")
                && has(25, " GMT");
        return formed ? instant(number(12, 16), month(8), number(5, 7), secondOfDay(17)) : null;
    }

    /** Such as {@code Sunday, 06-Nov-94 08:49:37 GMT}. */
    private @Nullable Instant rfc850(int comma) {
        boolean formed = text.length() == comma + 24
                && LONG_DAYS.contains(text.substring(0, comma))
                && has(comma, ", ")
                && has(comma + 4, "-")
                && has(comma + 8, "-")
                && has(comma + 11, " ")
                && has(comma + 20, " GMT");
        if (!formed) {
            return null;
        }
        int year = number(comma + 9, comma + 11);
        int month = month(comma + 5);
        int day = number(comma + 2, comma + 4);
        int second = secondOfDay(comma + 12);
        return year < 0 || month < 0 || second < 0
                ? null
                : instant(fullYear(year, month, day, second), month, day, second);
    }

    /** Such as {@code Sun Nov  6 08:49:37 1994}. */
    private @Nullable Instant asctime() {
        boolean formed =
                text.length() == 24 && isIn(DAYS, 0) && has(3, " ") && has(7, " ") && has(10, " ") && has(19, " ");
        if (!formed) {
            return null;
        }
        int day = number(text.charAt(8) == ' ' ? 9 : 8, 10);
        return instant(number(20, 24), month(4), day, secondOfDay(11));
    }

    /** What appears to be more than 50 years in the future is in the past. */
    private int fullYear(int twoDigits, int month, int day, int second) {
        if (now == null) {
            return latestYear(twoDigits, FIRST_YEAR + 99);
        }
        OffsetDateTime limit = now.atOffset(ZoneOffset.UTC).plusYears(YEARS_AHEAD);
        int year = latestYear(twoDigits, limit.getYear());
        return epochSecond(year, month, day, second) > limit.toEpochSecond() ? year - 100 : year;
    }

    private static int latestYear(int twoDigits, int limit) {
        int year = limit - limit % 100 + twoDigits;
        return year > limit ? year - 100 : year;
    }

    private static @Nullable Instant instant(int year, int month, int day, int second) {
        if (year < 0 || month < 0 || second < 0) {
            return null;
        }
        boolean exists = day >= 1 && day <= YearMonth.of(year, month).lengthOfMonth();
        return exists ? Instant.ofEpochSecond(epochSecond(year, month, day, second)) : null;
    }

    private static long epochSecond(int year, int month, int day, int second) {
        return (LocalDate.of(year, month, 1).toEpochDay() + day - 1) * SECONDS_PER_DAY + second;
    }

    /** The second of the day in {@code hh:mm:ss}, or -1. A leap second is the first of the next minute. */
    private int secondOfDay(int at) {
        int hour = number(at, at + 2);
        int minute = number(at + 3, at + 5);
        int second = number(at + 6, at + 8);
        boolean formed = has(at + 2, ":") && has(at + 5, ":") && hour >= 0 && minute >= 0 && second >= 0;
        return formed && hour < 24 && minute < 60 && second <= 60 ? hour * 3600 + minute * 60 + second : -1;
    }

    /** The number of a month from 1, or -1. */
    private int month(int at) {
        int index = indexIn(MONTHS, at);
        return index < 0 ? -1 : index + 1;
    }

    private boolean isIn(String names, int at) {
        return indexIn(names, at) >= 0;
    }

    private int indexIn(String names, int at) {
        for (int i = 0; i < names.length(); i += 3) {
            if (text.regionMatches(at, names, i, 3)) {
                return i / 3;
            }
        }
        return -1;
    }

    private boolean has(int at, String part) {
        return text.startsWith(part, at);
    }

    /** The number in digits only, or -1. */
    private int number(int from, int to) {
        return (int) FieldValue.number(text, from, to);
    }
}
