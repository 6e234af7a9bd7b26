package io.proxystone.edge;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.proxystone.edge.loop.Loop;
import io.proxystone.http.Connections;
import io.proxystone.http.FieldName;
import io.proxystone.http.Fields;
import io.proxystone.http.HeadWriter;
import io.proxystone.http.HttpDate;
import io.proxystone.http.Problem;
import io.proxystone.http.ProblemType;
import io.proxystone.http.StatusCode;
import io.proxystone.traffic.Outcome;
import io.proxystone.traffic.RequestRecord;
import java.time.Instant;

/** Responses that need no exchange: interim ones, and refusals of what could not be read as a request. */
final class PlainResponses {
    private static final int EXPECTED_SIZE = 512;

    private PlainResponses() {}

    static ByteBuf interim(Loop loop, ByteBufAllocator allocator, int status, Fields fields) {
        HeadWriter out = loop.headWriter();
        startLine(out, status);
        for (int line = 0; line < fields.size(); line++) {
            FieldName name = fields.known(line);
            if (name == null || !Connections.isHopByHop(name)) {
                fields.write(line, out);
            }
        }
        return buffer(allocator, out.endLine());
    }

    /** A whole response with a problem document, after which the connection closes. */
    static ByteBuf problem(ByteBufAllocator allocator, ProblemType type, String detail, boolean withContent) {
        byte[] document = new Problem(type, detail, null, null).toJson();
        HeadWriter out = new HeadWriter(EXPECTED_SIZE);
        startLine(out, type.status());
        out.field(FieldName.CONTENT_TYPE, Problem.MEDIA_TYPE);
        out.field(FieldName.CONTENT_LENGTH, document.length);
        out.field(FieldName.CACHE_CONTROL, "no-store");
        out.field(FieldName.DATE, HttpDate.format(Instant.now()));
        if (type == ProblemType.UNAVAILABLE) {
            out.field(FieldName.RETRY_AFTER, 1);
        }
        out.field(FieldName.CONNECTION, "close").endLine();
        if (withContent) {
            out.octets(document);
        }
        return buffer(allocator, out);
    }

    /** The record of a request of which nothing but its refusal is known. */
    static RequestRecord record(String client, ProblemType type) {
        return new RequestRecord(
                System.currentTimeMillis(),
                0,
                null,
                null,
                client,
                null,
                null,
                null,
                null,
                null,
                null,
                type.status(),
                0,
                0,
                null,
                0,
                null,
                Outcome.COMPLETE,
                type);
    }

    private static void startLine(HeadWriter out, int status) {
        out.text("HTTP/1.1 ")
                .decimal(status)
                .octet(' ')
                .text(StatusCode.reason(status))
                .endLine();
    }

    private static ByteBuf buffer(ByteBufAllocator allocator, HeadWriter out) {
        return allocator.directBuffer(out.size()).writeBytes(out.array(), 0, out.size());
    }
}
