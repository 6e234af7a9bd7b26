package io.proxystone.benchmark;

import io.proxystone.http.FieldName;
import io.proxystone.http.Fields;
import io.proxystone.http.HeadWriter;
import io.proxystone.http.RequestHead;
import io.proxystone.http.ResponseHead;
import io.proxystone.http.http1.HeadParser;
import io.proxystone.http.http1.MessageSyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Reading and writing heads as a browser and nginx send them. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class HeadBenchmark {
    private static final byte[] REQUEST = octets("""
            GET /catalog/images/42.png?size=large HTTP/1.1
            Host: www.example.test
            User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0
            Accept: image/avif,image/webp,image/png,*/*;q=0.8
            Accept-Language: en-US,en;q=0.5
            Accept-Encoding: gzip, deflate, br
            Connection: keep-alive
            Cookie: session=8a7f3c2e1d; theme=dark
            If-None-Match: "5f3b-62c1"

            """);
    private static final byte[] RESPONSE = octets("""
            HTTP/1.1 200 OK
            Server: nginx/1.22.1
            Date: Mon, 23 Nov 2026 08:00:00 GMT
            Content-Type: application/octet-stream
            Content-Length: 1024
            Last-Modified: Mon, 23 Nov 2026 07:00:00 GMT
            Connection: keep-alive
            ETag: "6741a1b0-400"
            Accept-Ranges: bytes

            """);

    private final HeadParser parser = new HeadParser(100);
    private final HeadWriter writer = new HeadWriter(1024);

    private static byte[] octets(String text) {
        return text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    @Benchmark
    public RequestHead parseRequest() throws MessageSyntaxException {
        return parser.parseRequest(REQUEST.clone());
    }

    @Benchmark
    public ResponseHead parseResponse() throws MessageSyntaxException {
        return parser.parseResponse(RESPONSE.clone());
    }

    /** What a pass-through costs in heads: parse, look a field up, write all fields again. */
    @Benchmark
    public int forwardRequest() throws MessageSyntaxException {
        RequestHead head = parser.parseRequest(REQUEST.clone());
        Fields fields = head.fields();
        writer.reset()
                .text(head.method())
                .octet(' ')
                .text(head.target().rawPath())
                .text(" HTTP/1.1\r\n");
        int host = fields.indexOf(FieldName.HOST, 0);
        for (int line = 0; line < fields.size(); line++) {
            fields.write(line, writer);
        }
        return writer.size() + host;
    }
}
