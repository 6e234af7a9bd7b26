package io.proxystone.edge.message;

import io.proxystone.edge.loop.Loop;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.apache.camel.TypeConversionException;
import org.apache.camel.spi.TypeConverterRegistry;
import org.apache.camel.support.TypeConverterSupport;
import org.jspecify.annotations.Nullable;

/** Camel type converters from {@link Body} to what steps work with. Text is read in the message's charset, else UTF-8. */
public final class BodyConverters {

    private interface Conversion<T> {
        T convert(Body body, @Nullable Exchange exchange) throws IOException;
    }

    private BodyConverters() {}

    /** Adds the converters to a context's registry. */
    public static void register(TypeConverterRegistry registry) {
        add(registry, byte[].class, (body, exchange) -> body.buffered().toByteArray());
        add(registry, String.class, (body, exchange) -> body.buffered().text(charset(exchange)));
        add(registry, ByteBuffer.class, (body, exchange) -> body.buffered().byteBuffer());
        add(registry, InputStream.class, (body, exchange) -> inputStream(body));
        add(registry, Reader.class, (body, exchange) -> new InputStreamReader(inputStream(body), charset(exchange)));
    }

    private static <T> void add(TypeConverterRegistry registry, Class<T> target, Conversion<T> conversion) {
        TypeConverterSupport converter = new TypeConverterSupport() {
            @Override
            public <R> R convertTo(Class<R> type, @Nullable Exchange exchange, Object value) {
                requireBuffered((Body) value, exchange);
                try {
                    return type.cast(conversion.convert((Body) value, exchange));
                } catch (IOException e) {
                    throw new TypeConversionException(value, type, e);
                }
            }
        };
        registry.addTypeConverter(target, BufferedBody.class, converter);
        registry.addTypeConverter(target, StreamBody.class, converter);
        registry.addTypeConverter(target, ElsewhereBody.class, converter);
    }

    /** Refuses what would wait on an event loop, in the name of the step that asks for it. */
    private static void requireBuffered(Body body, @Nullable Exchange exchange) {
        String step = exchange == null ? null : exchange.getExchangeExtension().getHistoryNodeId();
        if (step != null && body instanceof StreamBody && !body.inMemory() && Loop.current() != null) {
            throw new BodyNotBufferedException("the step " + step);
        }
    }

    private static InputStream inputStream(Body body) throws IOException {
        return body instanceof StreamBody stream
                ? stream.read()
                : body.buffered().inputStream();
    }

    private static Charset charset(@Nullable Exchange exchange) {
        String name =
                exchange != null && exchange.getMessage() instanceof GatewayMessage message ? message.charset() : null;
        return name != null && isSupported(name) ? Charset.forName(name) : StandardCharsets.UTF_8;
    }

    private static boolean isSupported(String name) {
        try {
            return Charset.isSupported(name);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
