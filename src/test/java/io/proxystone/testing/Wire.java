package io.proxystone.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One end of a TCP connection that speaks HTTP/1.1 octet by octet. It waits at most ten seconds for anything. */
public class Wire implements AutoCloseable {
    private static final int PATIENCE = 10_000;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    protected Wire(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE);
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    public Socket socket() {
        return socket;
    }

    /** Sends text as it is; each {@code \n} must be written as CRLF where that is meant. */
    public void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public void send(byte[] octets) throws IOException {
        out.write(octets);
        out.flush();
    }

    /** Sends one chunk of a chunked message. */
    public void sendChunk(String text) throws IOException {
        send(Integer.toHexString(text.length()) + "\r\n" + text + "\r\n");
    }

    /** Closes this end's output, and goes on reading. */
    public void halfClose() throws IOException {
        socket.shutdownOutput();
    }

    /** Closes with a TCP reset. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Reads a line and drops its end. */
    public String readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw new EOFException("The connection ended after '" + line + "'");
            }
            line.write(octet);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    /** Reads lines up to an empty one. */
    public List<String> readHead() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = readLine(); !line.isEmpty(); line = readLine()) {
            lines.add(line);
        }
        return lines;
    }

    /** Reads exactly so many octets. */
    public byte[] read(int count) throws IOException {
        byte[] octets = in.readNBytes(count);
        if (octets.length < count) {
            throw new EOFException("The connection ended after " + octets.length + " of " + count + " octets");
        }
        return octets;
    }

    /** Reads one chunk; the last one is empty. */
    public byte[] readChunk() throws IOException {
        byte[] chunk = read(Integer.parseInt(readLine().split(";", 2)[0].strip(), 16));
        if (chunk.length > 0) {
            readLine();
        }
        return chunk;
    }

    /** Reads the content that a head announces. */
    protected RawMessage readContent(List<String> head, boolean untilClose) throws IOException {
        RawMessage message = new RawMessage(head, new byte[0], List.of());
        if ("chunked".equalsIgnoreCase(message.field("Transfer-Encoding"))) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            for (byte[] chunk = readChunk(); chunk.length > 0; chunk = readChunk()) {
                body.write(chunk);
            }
            return new RawMessage(head, body.toByteArray(), readHead());
        }
        String length = message.field("Content-Length");
        if (length != null) {
            return new RawMessage(head, read(Integer.parseInt(length)), List.of());
        }
        return untilClose ? new RawMessage(head, in.readAllBytes(), List.of()) : message;
    }

    /** Whether the other end closes, cleanly or by a reset, without sending anything more. */
    public boolean isClosedByPeer() throws IOException {
        try {
            return in.read() < 0;
        } catch (SocketException e) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
