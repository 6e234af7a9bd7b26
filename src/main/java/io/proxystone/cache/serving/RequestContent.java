package io.proxystone.cache.serving;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.proxystone.edge.message.Body;
import io.proxystone.edge.message.BufferedBody;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** What tells the content of one request from that of another: a digest, of JSON in a canonical form. */
final class RequestContent {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private RequestContent() {}

    /** The digest in hexadecimal digits. Content that streams is not at hand and has none. */
    static String digest(@Nullable Body body) {
        byte[] octets = body instanceof BufferedBody buffered ? buffered.octets() : new byte[0];
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(canonical(octets)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private static byte[] canonical(byte[] octets) {
        boolean mayBeJson = octets.length > 0 && (octets[0] == '{' || octets[0] == '[');
        if (!mayBeJson) {
            return octets;
        }
        try {
            return JSON.writeValueAsBytes(JSON.readValue(octets, Object.class));
        } catch (IOException e) {
            // It only looked like JSON.
            return octets;
        }
    }
}
