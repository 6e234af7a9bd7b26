package io.proxystone.testing;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** An origin server whose every octet a test decides. Each connection has a thread of its own. */
public final class Origin implements AutoCloseable {

    /** What is done on each connection. */
    public interface Behaviour {
        void serve(Connection connection) throws Exception;
    }

    /** Answers one request that has been read. */
    public interface Answer {
        void answer(RawMessage request, Connection connection) throws Exception;
    }

    private final ServerSocket server;
    private final Behaviour behaviour;
    private final @Nullable SSLContext tls;
    private final AtomicInteger connections = new AtomicInteger();
    private final BlockingQueue<RawMessage> requests = new LinkedBlockingQueue<>();
    private final List<Connection> open = new CopyOnWriteArrayList<>();

    private Origin(Behaviour behaviour, @Nullable SSLContext tls) throws IOException {
        this.behaviour = behaviour;
        this.tls = tls;
        this.server = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
        start(this::accept, "origin");
    }

    /** An origin that does this with every connection, the reading of requests included. */
    public static Origin connections(Behaviour behaviour) throws IOException {
        return new Origin(behaviour, null);
    }

    /** The same over TLS. */
    public static Origin tlsConnections(SSLContext tls, Behaviour behaviour) throws IOException {
        return new Origin(behaviour, tls);
    }

    /** An origin that reads requests, one after the other on a connection, and answers them like this. */
    public static Origin answering(Answer answer) throws IOException {
        return new Origin(
                connection -> {
                    while (true) {
                        answer.answer(connection.readRequest(), connection);
                    }
                },
                null);
    }

    /** An origin that answers everything with 200 and this text. */
    public static Origin saying(String text) throws IOException {
        return answering((request, connection) -> connection.respond(200, text));
    }

    private static void start(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket accepted = server.accept();
                connections.incrementAndGet();
                Connection connection = new Connection(accepted, tls == null ? accepted : wrap(accepted, tls));
                open.add(connection);
                start(() -> serve(connection), "origin-connection");
            }
        } catch (IOException e) {
            // The origin has been closed.
        }
    }

    private static Socket wrap(Socket plain, SSLContext tls) throws IOException {
        SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(plain, null, plain.getPort(), true);
        socket.setUseClientMode(false);
        return socket;
    }

    private void serve(Connection connection) {
        try (connection) {
            behaviour.serve(connection);
        } catch (EOFException | SocketException | SSLException e) {
            // The other end has had enough.
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            open.remove(connection);
        }
    }

    public int port() {
        return server.getLocalPort();
    }

    /** How many connections were accepted so far. */
    public int connections() {
        return connections.get();
    }

    /** How many connections are open now. */
    public int openConnections() {
        return open.size();
    }

    /** The next request that was read; an error if there is none within ten seconds. */
    public RawMessage take() throws InterruptedException {
        RawMessage request = requests.poll(10, TimeUnit.SECONDS);
        if (request == null) {
            throw new AssertionError("No request reached the origin");
        }
        return request;
    }

    /** Forgets the requests that were read and not taken. */
    public void forgetRequests() {
        requests.clear();
    }

    /** How many requests were read and not taken. */
    public int waiting() {
        return requests.size();
    }

    /** Forgets the requests that were read and not taken. */
    public void drain() {
        requests.clear();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Connection connection : open) {
            connection.close();
        }
    }

    /** One connection from the gateway. */
    public final class Connection extends Wire {
        private final Socket transport;

        private Connection(Socket transport, Socket socket) throws IOException {
            super(socket);
            this.transport = transport;
            socket.setSoTimeout(0);
        }

        /** The TCP connection below TLS, if there is any. */
        public Socket transport() {
            return transport;
        }

        /** Reads a whole request. */
        public RawMessage readRequest() throws IOException {
            RawMessage request = readContent(readHead(), false);
            requests.add(request);
            return request;
        }

        /** Reads a request's head only. */
        public RawMessage readRequestHead() throws IOException {
            RawMessage request = new RawMessage(readHead(), new byte[0], List.of());
            requests.add(request);
            return request;
        }

        /** Reads the content of a request whose head has been read. */
        public RawMessage readRest(RawMessage head) throws IOException {
            return readContent(head.head(), false);
        }

        /** Sends a complete response with Content-Length. */
        public void respond(int status, String body, String... fields) throws IOException {
            StringBuilder response =
                    new StringBuilder("HTTP/1.1 " + status + " Status\r\nContent-Length: " + body.length() + "\r\n");
            for (String field : fields) {
                response.append(field).append("\r\n");
            }
            send(response.append("\r\n").append(body).toString());
        }
    }
}
