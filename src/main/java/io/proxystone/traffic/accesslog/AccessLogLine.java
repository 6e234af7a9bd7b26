package io.proxystone.traffic.accesslog;

import io.proxystone.http.Json;
import io.proxystone.traffic.Outcome;
import io.proxystone.traffic.RequestRecord;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes requests as lines of text. Fields that carry credentials are not among what it is given. */
final class AccessLogLine {
    private static final int MILLIS_PER_SECOND = 1000;
    private static final int NANOS_PER_MICRO = 1000;
    private static final int MICROS_PER_SECOND = 1_000_000;

    private final StringBuilder line = new StringBuilder(512);
    private final SecondText combinedTime = new SecondText("dd/MMM/yyyy:HH:mm:ss Z");
    private final SecondText isoTime = new SecondText("yyyy-MM-dd'T'HH:mm:ss.");

    /** A point in time as text, made once for all requests of a second. */
    private static final class SecondText {
        private final DateTimeFormatter format;
        private long second = Long.MIN_VALUE;
        private String text = "";

        SecondText(String pattern) {
            format = DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
        }

        String of(long epochMillis) {
            long wanted = Math.floorDiv(epochMillis, MILLIS_PER_SECOND);
            if (wanted != second) {
                second = wanted;
                text = format.format(Instant.ofEpochSecond(wanted));
            }
            return text;
        }
    }

    /** The line of a request with its end. */
    String format(RequestRecord request, AccessLogFormat format) {
        line.setLength(0);
        switch (format) {
            case JSON -> json(request);
            case COMBINED -> combined(request);
        }
        return line.append('\n').toString();
    }

    private void json(RequestRecord request) {
        line.append("{\"time\":\"");
        line.append(isoTime.of(request.epochMillis()));
        padded(Math.floorMod(request.epochMillis(), MILLIS_PER_SECOND), "000");
        line.append("Z\"");
        text("request", request.requestId());
        text("client", request.client());
        text("method", request.method());
        text("host", request.authority());
        text("target", Discretion.mask(request.target()));
        text("version", request.version());
        number("status", request.status());
        number("requestBytes", request.requestBytes());
        number("responseBytes", request.responseBytes());
        line.append(",\"seconds\":");
        seconds(request.durationNanos());
        text("flow", request.flow());
        text("upstream", request.upstream());
        if (request.upstream() != null) {
            line.append(",\"upstreamSeconds\":");
            seconds(request.upstreamNanos());
        }
        text("cache", request.cache() == null ? null : request.cache().text());
        if (request.outcome() != Outcome.COMPLETE) {
            text("outcome", request.outcome().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
        text("problem", request.problem() == null ? null : request.problem().uri());
        text("userAgent", request.userAgent());
        text("referer", Discretion.mask(request.referer()));
        line.append('}');
    }

    private void text(String name, @Nullable String value) {
        if (value != null) {
            line.append(",\"").append(name).append("\":\"");
            Json.escape(value, line);
            line.append('"');
        }
    }

    private void number(String name, long value) {
        line.append(",\"").append(name).append("\":").append(value);
    }

    private void combined(RequestRecord request) {
        line.append(request.client())
                .append(" - - [")
                .append(combinedTime.of(request.epochMillis()))
                .append("] \"");
        if (request.method() != null) {
            quoted(request.method());
            line.append(' ');
            quoted(Discretion.mask(request.target()));
            line.append(' ');
            quoted(request.version());
        }
        line.append("\" ")
                .append(request.status())
                .append(' ')
                .append(request.responseBytes())
                .append(" \"");
        quoted(Discretion.mask(request.referer()));
        line.append("\" \"");
        quoted(request.userAgent());
        line.append("\" ");
        seconds(request.durationNanos());
        line.append(' ').append(request.requestId() == null ? "-" : request.requestId());
    }

    /** A value inside quotes, with what could end them or the line escaped as nginx does. */
    private void quoted(@Nullable String value) {
        if (value == null) {
            line.append('-');
            return;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c == '"' || c == '\\' || c >= 0x7f) {
                line.append(String.format("\\x%02X", (int) c));
            } else {
                line.append(c);
            }
        }
    }

    /** Whole seconds, a point and six digits. */
    private void seconds(long nanos) {
        long micros = nanos / NANOS_PER_MICRO;
        line.append(micros / MICROS_PER_SECOND).append('.');
        padded(micros % MICROS_PER_SECOND, "000000");
    }

    /** A number with zeros before it, as long as the zeros given. */
    private void padded(long number, String zeros) {
        String digits = Long.toString(number);
        line.append(zeros, 0, zeros.length() - digits.length()).append(digits);
    }
}
