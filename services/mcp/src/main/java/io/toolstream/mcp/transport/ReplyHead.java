package io.toolstream.mcp.transport;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What HTTP said about an answer.
 *
 * @param mediaType lower case, without parameters; empty if none was given
 * @param sessionId a secret: never printed
 * @param retryAfter as asked for, not yet clamped
 * @param challenge {@code WWW-Authenticate}
 */
public record ReplyHead(
        int status,
        String mediaType,
        @Nullable String sessionId,
        @Nullable Duration retryAfter,
        @Nullable String challenge) {
    /** For transports that know no HTTP. */
    public static final ReplyHead NONE = new ReplyHead(200, "", null, null, null);

    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    @Override
    public String toString() {
        return "HTTP " + status + (mediaType.isEmpty() ? "" : " " + mediaType);
    }
}
