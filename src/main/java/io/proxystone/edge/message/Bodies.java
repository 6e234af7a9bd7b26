package io.proxystone.edge.message;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.proxystone.edge.loop.EventLoops;
import io.proxystone.edge.loop.Loop;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;
import org.apache.camel.StreamCache;
import org.apache.camel.WrappedFile;
import org.jspecify.annotations.Nullable;

/** Makes HTTP content of whatever a step left as the body of a message. */
public final class Bodies {
    private final EventLoops loops;

    public Bodies(EventLoops loops) {
        this.loops = loops;
    }

    /**
     * The content of a message, or null if its body is null. Files and input streams are opened and read beside the event
     * loops, as fast as they are sent. It completes with an {@link IOException} if they cannot be opened, and with an
     * {@link InvalidPayloadException} if no type converter makes content of the body.
     */
    public CompletableFuture<@Nullable Body> of(Message message, Loop loop) {
        Object body = message.getBody();
        if (body instanceof WrappedFile<?> wrapped) {
            body = wrapped.getFile();
        }
        if (body instanceof File file) {
            return ofFile(file.toPath(), loop);
        }
        if (body instanceof Path path) {
            return ofFile(path, loop);
        }
        try {
            return CompletableFuture.completedFuture(ofValue(message, loop));
        } catch (IOException | InvalidPayloadException | RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private @Nullable Body ofValue(Message message, Loop loop) throws IOException, InvalidPayloadException {
        Object body = message.getBody();
        if (body == null || body instanceof Body) {
            return (Body) body;
        }
        if (body instanceof byte[] octets) {
            return new BufferedBody(octets);
        }
        if (body instanceof String text) {
            return new BufferedBody(text.getBytes(StandardCharsets.UTF_8));
        }
        if (body instanceof ByteBuf buffer) {
            return new BufferedBody(ByteBufUtil.getBytes(buffer));
        }
        if (body instanceof ByteBuffer buffer) {
            byte[] octets = new byte[buffer.remaining()];
            buffer.duplicate().get(octets);
            return new BufferedBody(octets);
        }
        if (body instanceof StreamCache cache && cache.inMemory()) {
            ByteArrayOutputStream octets = new ByteArrayOutputStream();
            cache.reset();
            cache.writeTo(octets);
            return new BufferedBody(octets.toByteArray());
        }
        if (body instanceof InputStream in) {
            return InputStreamSource.body(in, Body.UNKNOWN, loop, loops.blocking());
        }
        return ofConverted(message);
    }

    private CompletableFuture<@Nullable Body> ofFile(Path file, Loop loop) {
        CompletableFuture<@Nullable Body> body = new CompletableFuture<>();
        loops.blocking().execute(() -> {
            try {
                long size = Files.size(file);
                body.complete(InputStreamSource.body(Files.newInputStream(file), size, loop, loops.blocking()));
            } catch (IOException e) {
                body.completeExceptionally(e);
            }
        });
        return body;
    }

    private static Body ofConverted(Message message) throws InvalidPayloadException {
        Exchange exchange = message.getExchange();
        byte[] octets =
                exchange.getContext().getTypeConverter().tryConvertTo(byte[].class, exchange, message.getBody());
        if (octets == null) {
            octets = message.getMandatoryBody(String.class).getBytes(StandardCharsets.UTF_8);
        }
        return new BufferedBody(octets);
    }
}
