package io.proxystone.clients;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** git's own server of smart HTTP, {@code git http-backend}, a CGI program, over the repositories of a directory. */
final class GitHttpBackend implements AutoCloseable {

    /** A request git sent: its target without the query, and the two fields that say how its content was sent. */
    record Request(String path, String contentEncoding, String transferEncoding) {}

    private final Path repositories;
    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    GitHttpBackend(Path repositories) throws IOException {
        this.repositories = repositories;
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    List<Request> requests() {
        return requests;
    }

    private void handle(HttpExchange exchange) throws IOException {
        var fields = exchange.getRequestHeaders();
        requests.add(new Request(
                exchange.getRequestURI().getPath(),
                fields.getFirst("Content-Encoding"),
                fields.getFirst("Transfer-Encoding")));
        ProcessBuilder builder =
                new ProcessBuilder("git", "http-backend").redirectError(ProcessBuilder.Redirect.INHERIT);
        setVariables(builder.environment(), exchange);
        Process cgi = builder.start();
        try (exchange) {
            threads.execute(() -> sendContent(exchange, cgi));
            respond(exchange, cgi.getInputStream());
        } finally {
            cgi.destroy();
        }
    }

    /** The variables of RFC 3875 that the program looks at. */
    private void setVariables(Map<String, String> variables, HttpExchange exchange) {
        variables.put("GIT_PROJECT_ROOT", repositories.toString());
        variables.put("GIT_HTTP_EXPORT_ALL", "1");
        variables.put("REQUEST_METHOD", exchange.getRequestMethod());
        variables.put("PATH_INFO", exchange.getRequestURI().getPath());
        variables.put("REMOTE_ADDR", "127.0.0.1");
        variables.put("REMOTE_USER", "tester");
        String query = exchange.getRequestURI().getRawQuery();
        variables.put("QUERY_STRING", query == null ? "" : query);
        Map.of(
                        "Content-Type", "CONTENT_TYPE",
                        "Content-Length", "CONTENT_LENGTH",
                        "Content-Encoding", "HTTP_CONTENT_ENCODING",
                        "Git-Protocol", "GIT_PROTOCOL")
                .forEach((field, variable) -> {
                    String value = exchange.getRequestHeaders().getFirst(field);
                    if (value != null) {
                        variables.put(variable, value);
                    }
                });
    }

    private static void sendContent(HttpExchange exchange, Process cgi) {
        try (OutputStream out = cgi.getOutputStream()) {
            exchange.getRequestBody().transferTo(out);
        } catch (IOException e) {
            cgi.destroy();
            throw new UncheckedIOException(e);
        }
    }

    private static void respond(HttpExchange exchange, InputStream cgi) throws IOException {
        int status = 200;
        for (String line = readLine(cgi); !line.isEmpty(); line = readLine(cgi)) {
            String name = line.substring(0, line.indexOf(':'));
            String value = line.substring(line.indexOf(':') + 1).strip();
            if (name.equalsIgnoreCase("Status")) {
                status = Integer.parseInt(value.substring(0, 3));
            } else {
                exchange.getResponseHeaders().add(name, value);
            }
        }
        exchange.sendResponseHeaders(status, 0);
        cgi.transferTo(exchange.getResponseBody());
    }

    private static String readLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int octet = in.read(); octet != '\n' && octet >= 0; octet = in.read()) {
            line.append((char) octet);
        }
        return line.toString().strip();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
