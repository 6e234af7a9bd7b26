package io.proxystone.traffic;

import io.proxystone.http.ProblemType;
import org.jspecify.annotations.Nullable;

/**
 * One finished request.
 *
 * @param epochMillis when its head was complete, in milliseconds since 1970
 * @param durationNanos from then until the last byte of the answer left, in nanoseconds
 * @param requestId its id, or null if it could not be read far enough to have one
 * @param flow the id of the flow that answered it, or null if none did
 * @param client the address of the client, as far as trusted proxies tell it
 * @param method its method, or null if it could not be read
 * @param authority the host it was for, as written, or null
 * @param target path and query as written, or null if it could not be read
 * @param version its protocol version, such as {@code HTTP/1.1}, or null
 * @param userAgent its User-Agent field, or null
 * @param referer its Referer field, or null
 * @param status the status sent, or 0 if none was
 * @param requestBytes the octets of content received
 * @param responseBytes the octets of content sent
 * @param upstream the origin's name, or null if none was asked
 * @param upstreamNanos from asking the origin until its response head was there, in nanoseconds
 * @param cache what a cache did for it, or null if it came to none
 * @param outcome how it ended
 * @param problem what the gateway answered instead of the flow, or null
 */
public record RequestRecord(
        long epochMillis,
        long durationNanos,
        @Nullable String requestId,
        @Nullable String flow,
        String client,
        @Nullable String method,
        @Nullable String authority,
        @Nullable String target,
        @Nullable String version,
        @Nullable String userAgent,
        @Nullable String referer,
        int status,
        long requestBytes,
        long responseBytes,
        @Nullable String upstream,
        long upstreamNanos,
        @Nullable CacheOutcome cache,
        Outcome outcome,
        @Nullable ProblemType problem) {}
