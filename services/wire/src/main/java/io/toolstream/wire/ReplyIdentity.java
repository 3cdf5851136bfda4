package io.toolstream.wire;

import org.jspecify.annotations.Nullable;

/** Which call a reply answers. {@code correlationId} is text, or {@code base64:…} where the bytes are not UTF-8. */
public record ReplyIdentity(
        String id,
        String correlationId,
        @Nullable String server,
        @Nullable String tool,
        @Nullable String toolCallId,
        @Nullable BatchPosition batch,
        @Nullable String tenant) {}
