package io.proxystone.config;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.proxystone.cache.Pattern;
import io.proxystone.http.ByteSize;
import io.proxystone.http.Cidr;
import io.proxystone.upstream.Target;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Function;

/** How settings records look in YAML: keys with dashes, and values people can read. */
final class SettingsMapper {
    private SettingsMapper() {}

    static ObjectMapper create() {
        SimpleModule values = new SimpleModule();
        add(values, Duration.class, Durations::parse, Durations::format);
        add(values, Cidr.class, Cidr::parse, Cidr::toString);
        add(values, Pattern.class, Pattern::new, Pattern::text);
        add(values, Target.class, Target::parse, Target::toString);
        values.addDeserializer(int.class, parsing(int.class, text -> Math.toIntExact(ByteSize.parse(text))));
        values.addDeserializer(long.class, parsing(long.class, ByteSize::parse));
        return JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
                .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
                .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .addModule(values)
                .build();
    }

    private static <T> void add(
            SimpleModule module, Class<T> type, Function<String, T> parse, Function<T, String> format) {
        module.addDeserializer(type, parsing(type, parse));
        module.addSerializer(type, new JsonSerializer<T>() {
            @Override
            public void serialize(T value, JsonGenerator out, SerializerProvider serializers) throws IOException {
                out.writeString(format.apply(value));
            }
        });
    }

    private static <T> StdDeserializer<T> parsing(Class<T> type, Function<String, T> parse) {
        return new StdDeserializer<>(type) {
            @Override
            public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
                String text = in.getText();
                try {
                    return parse.apply(text);
                } catch (ArithmeticException e) {
                    throw new IllegalArgumentException("'" + text + "' is too large; at most 2147483647 is allowed", e);
                }
            }
        };
    }
}
