package io.proxystone.http;

import io.proxystone.http.StructuredValue.BooleanItem;
import io.proxystone.http.StructuredValue.ByteSequenceItem;
import io.proxystone.http.StructuredValue.DateItem;
import io.proxystone.http.StructuredValue.DecimalItem;
import io.proxystone.http.StructuredValue.DisplayStringItem;
import io.proxystone.http.StructuredValue.IntegerItem;
import io.proxystone.http.StructuredValue.StringItem;
import io.proxystone.http.StructuredValue.TokenItem;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Reads bare items, whose first character tells their type (RFC 9651 §4.2.3.1); null is failure. */
final class BareItemParser {
    private static final int MAX_INTEGER_DIGITS = 15;
    private static final int MAX_WHOLE_DIGITS = 12;
    private static final int MAX_FRACTION_DIGITS = 3;

    private final StructuredInput input;

    BareItemParser(StructuredInput input) {
        this.input = input;
    }

    @Nullable
    StructuredValue next() {
        int first = input.peek();
        if (first == '-' || StructuredInput.isDigit(first)) {
            return number();
        }
        if (StructuredInput.isTokenStart(first)) {
            return token();
        }
        return switch (input.next()) {
            case '"' -> string();
            case ':' -> byteSequence();
            case '?' -> bool();
            case '@' -> date();
            case '%' -> input.take('"') ? displayString() : null;
            default -> null;
        };
    }

    private @Nullable StructuredValue number() {
        StringBuilder text = new StringBuilder();
        if (input.take('-')) {
            text.append('-');
        }
        int whole = digits(MAX_INTEGER_DIGITS, text);
        if (whole < 1) {
            return null;
        }
        if (!input.take('.')) {
            return new IntegerItem(Long.parseLong(text.toString()));
        }
        text.append('.');
        boolean decimal = whole <= MAX_WHOLE_DIGITS && digits(MAX_FRACTION_DIGITS, text) >= 1;
        return decimal ? new DecimalItem(new BigDecimal(text.toString())) : null;
    }

    /** Takes all digits that come next; how many, or -1 for more than a maximum. */
    private int digits(int max, StringBuilder text) {
        int count = 0;
        while (StructuredInput.isDigit(input.peek())) {
            if (++count > max) {
                return -1;
            }
            text.append((char) input.next());
        }
        return count;
    }

    private StructuredValue token() {
        StringBuilder token = new StringBuilder();
        while (StructuredInput.isTokenPart(input.peek())) {
            token.append((char) input.next());
        }
        return new TokenItem(token.toString());
    }

    private @Nullable StructuredValue string() {
        StringBuilder string = new StringBuilder();
        while (true) {
            int c = input.next();
            if (c == '"') {
                return new StringItem(string.toString());
            }
            if (c == '\\') {
                c = input.next();
                if (c != '"' && c != '\\') {
                    return null;
                }
            }
            if (!StructuredInput.isStringPart(c)) {
                return null;
            }
            string.append((char) c);
        }
    }

    private @Nullable StructuredValue byteSequence() {
        StringBuilder base64 = new StringBuilder();
        for (int c = input.next(); c != ':'; c = input.next()) {
            if (!StructuredInput.isStringPart(c)) {
                return null;
            }
            base64.append((char) c);
        }
        try {
            byte[] octets = Base64.getDecoder().decode(base64.toString());
            return new ByteSequenceItem(new String(octets, StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private @Nullable StructuredValue bool() {
        return switch (input.next()) {
            case '1' -> StructuredValue.TRUE;
            case '0' -> new BooleanItem(false);
            default -> null;
        };
    }

    private @Nullable StructuredValue date() {
        return number() instanceof IntegerItem seconds ? new DateItem(Instant.ofEpochSecond(seconds.value())) : null;
    }

    private @Nullable StructuredValue displayString() {
        ByteArrayOutputStream utf8 = new ByteArrayOutputStream();
        for (int c = input.next(); c != '"'; c = input.next()) {
            int octet = c == '%' ? encodedOctet() : c;
            if (octet < 0 || !StructuredInput.isStringPart(c)) {
                return null;
            }
            utf8.write(octet);
        }
        try {
            ByteBuffer octets = ByteBuffer.wrap(utf8.toByteArray());
            return new DisplayStringItem(
                    StandardCharsets.UTF_8.newDecoder().decode(octets).toString());
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** The octet that two hexadecimal digits in lower case stand for, or -1. */
    private int encodedOctet() {
        int high = hexDigit(input.next());
        int low = hexDigit(input.next());
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    private static int hexDigit(int c) {
        boolean lowerCase = StructuredInput.isDigit(c) || (c >= 'a' && c <= 'f');
        return lowerCase ? Octets.hex(c) : -1;
    }
}
