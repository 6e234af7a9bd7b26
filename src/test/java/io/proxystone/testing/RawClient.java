package io.proxystone.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;

/** A client that sends exactly the octets it is given. */
public final class RawClient extends Wire {
    public RawClient(int port) throws IOException {
        super(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /** A client whose kernel holds back little of what it does not read. */
    public RawClient(int port, int receiveBuffer) throws IOException {
        super(connect(port, receiveBuffer));
    }

    private static Socket connect(int port, int receiveBuffer) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(receiveBuffer);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
    }

    /** Reads a response, of whatever status. */
    public RawMessage read() throws IOException {
        return read("GET");
    }

    /** Reads the response to a request of a method. */
    public RawMessage read(String method) throws IOException {
        List<String> head = readHead();
        RawMessage bare = new RawMessage(head, new byte[0], List.of());
        int status = bare.status();
        if (method.equals("HEAD") || status < 200 || status == 204 || status == 304) {
            return bare;
        }
        return readContent(head, true);
    }

    /** Reads the content of a response whose head has been read. */
    public RawMessage readRest(RawMessage head) throws IOException {
        return readContent(head.head(), true);
    }

    /** Sends a request without content and reads the response. */
    public RawMessage get(String target, String... fields) throws IOException {
        return exchange("GET", target, fields);
    }

    public RawMessage exchange(String method, String target, String... fields) throws IOException {
        StringBuilder request = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: example.test\r\n");
        for (String field : fields) {
            request.append(field).append("\r\n");
        }
        send(request.append("\r\n").toString());
        return read(method);
    }
}
