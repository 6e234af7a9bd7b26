package io.proxystone.cache.flow;

import io.proxystone.testing.Origin;
import io.proxystone.testing.RawClient;
import io.proxystone.testing.RawMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;

/** Content too large to wait in memory until it is whole, as origins send it and clients read it. */
final class LargeContent {
    private static final int PIECE = 10_000;

    private LargeContent() {}

    /** How an origin tells where content ends. */
    enum Delimited {
        BY_LENGTH {
            @Override
            void send(byte[] octets, String field, Origin.Connection connection) throws IOException {
                sendHead("Content-Length: " + octets.length, field, connection);
                sendPieces(octets, 0, octets.length, connection);
            }
        },
        BY_CHUNKS {
            @Override
            void send(byte[] octets, String field, Origin.Connection connection) throws IOException {
                sendHead("Transfer-Encoding: chunked", field, connection);
                sendChunks(octets, 0, octets.length, connection);
                connection.send("0\r\n\r\n");
            }
        },
        BY_CHUNKS_WITH_TRAILERS {
            @Override
            void send(byte[] octets, String field, Origin.Connection connection) throws IOException {
                sendHead("Trailer: X-Sum\r\nTransfer-Encoding: chunked", field, connection);
                sendChunks(octets, 0, octets.length, connection);
                connection.send("0\r\nX-Sum: " + sum(octets) + "\r\n\r\n");
            }
        },
        BY_CLOSE {
            @Override
            void send(byte[] octets, String field, Origin.Connection connection) throws IOException {
                sendHead("Connection: close", field, connection);
                sendPieces(octets, 0, octets.length, connection);
                connection.close();
            }
        };

        abstract void send(byte[] octets, String field, Origin.Connection connection) throws IOException;
    }

    static void sendHead(String framing, String field, Origin.Connection connection) throws IOException {
        connection.send("HTTP/1.1 200 OK\r\n" + framing + "\r\n" + field + "\r\n\r\n");
    }

    static void sendPieces(byte[] octets, int from, int to, Origin.Connection connection) throws IOException {
        for (int at = from; at < to; at += PIECE) {
            connection.send(java.util.Arrays.copyOfRange(octets, at, Math.min(to, at + PIECE)));
        }
    }

    static void sendChunks(byte[] octets, int from, int to, Origin.Connection connection) throws IOException {
        for (int at = from; at < to; at += PIECE) {
            int end = Math.min(to, at + PIECE);
            connection.sendChunk(new String(octets, at, end - at, StandardCharsets.ISO_8859_1));
        }
    }

    /** Octets that look the same nowhere. */
    static byte[] octets(int size) {
        byte[] octets = new byte[size];
        new SplittableRandom(size).nextBytes(octets);
        return octets;
    }

    static String sum(byte[] octets) {
        return HexFormat.of().formatHex(sha256().digest(octets));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The SHA-256 of the rest of a response of chunks or known length, which is not kept. */
    static String sumOfRest(List<String> head, RawClient client) throws IOException {
        MessageDigest digest = sha256();
        String length = new RawMessage(head, new byte[0], List.of()).field("Content-Length");
        if (length == null) {
            for (byte[] chunk = client.readChunk(); chunk.length > 0; chunk = client.readChunk()) {
                digest.update(chunk);
            }
            client.readHead();
        } else {
            for (int left = Integer.parseInt(length); left > 0; left -= Math.min(left, PIECE)) {
                digest.update(client.read(Math.min(left, PIECE)));
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
