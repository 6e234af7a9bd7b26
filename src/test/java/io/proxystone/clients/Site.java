package io.proxystone.clients;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A web server of files and of paths with code behind them: the JDK's, which knows nothing of the gateway. */
final class Site implements AutoCloseable {

    /** Answers requests. */
    interface Handler {
        void handle(HttpExchange exchange) throws Exception;
    }

    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    Site() throws IOException {
        server.setExecutor(threads);
        server.start();
    }

    /** Puts code behind a path and all below it. */
    Site on(String path, Handler handler) {
        server.createContext(path, exchange -> {
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            try (exchange) {
                handler.handle(exchange);
            } catch (IOException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        return this;
    }

    /** Puts a document on a path. */
    Site page(String path, String contentType, byte[] content) {
        return on(path, exchange -> {
            exchange.getResponseHeaders().set("Content-Type", contentType);
            respond(exchange, 200, content);
        });
    }

    Site page(String path, String contentType, String content) {
        return page(path, contentType, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Puts the files of a directory below a path. */
    Site files(String path, Path directory) {
        return on(path, exchange -> {
            Path file = directory.resolve(exchange.getRequestURI().getPath().substring(path.length()));
            boolean found = Files.isRegularFile(file);
            respond(exchange, found ? 200 : 404, found ? Files.readAllBytes(file) : new byte[0]);
        });
    }

    /** Sends a complete answer. */
    static void respond(HttpExchange exchange, int status, byte[] content) throws IOException {
        boolean bare = content.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, bare ? -1 : content.length);
        if (!bare) {
            exchange.getResponseBody().write(content);
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Method and target of all requests so far. */
    List<String> requests() {
        return requests;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
