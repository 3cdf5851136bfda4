package io.toolstream.mcp.http;

import io.toolstream.mcp.transport.Outbound;
import io.toolstream.mcp.transport.Reply;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads a stream on which the server speaks by itself, when it likes: nothing limits it but the deadline of its request. */
record StandingReader(HttpWire wire) implements AnswerReader {
    /** Longer than any process lives, and yet no sum with a clock overflows. */
    static final Duration FOR_EVER = Duration.ofDays(365);

    @Override
    public @Nullable Reply refusal(ResponseHead head, Outbound message) {
        return wire.refusal(head, message);
    }

    @Override
    public AnswerBody body(ResponseHead head, Outbound message) {
        return wire.stream(head, message);
    }

    @Override
    public long firstByteNanos() {
        return FOR_EVER.toNanos();
    }

    @Override
    public long idleNanos() {
        return FOR_EVER.toNanos();
    }
}
