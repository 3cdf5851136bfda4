package io.toolstream.mcp.http;

import io.toolstream.mcp.McpClientSettings;
import io.toolstream.mcp.json.RpcMessage;
import io.toolstream.mcp.json.RpcReader;
import io.toolstream.mcp.tcp.ByteSink;
import io.toolstream.mcp.transport.Anomalies;
import io.toolstream.mcp.transport.Outbound;
import io.toolstream.mcp.transport.Reply;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What all connections to one server have in common: how long to wait, and how to read an answer.
 *
 * @param capacity what each of them carries
 * @param others where messages go that are no answers
 */
record HttpWire(
        McpClientSettings settings,
        LeastCapacity capacity,
        RpcReader reader,
        Anomalies anomalies,
        Consumer<RpcMessage> others)
        implements AnswerReader {
    /** All fields of an answer together. */
    static final int HEADER_BYTES = 32 << 10;

    private static final int REFUSAL_BYTES = 64 << 10;

    @Override
    public long firstByteNanos() {
        return settings.times().firstByte().toNanos();
    }

    @Override
    public long idleNanos() {
        return settings.times().idle().toNanos();
    }

    long idleLimitNanos(@Nullable Duration announced) {
        return KeepAlive.limit(announced, settings.pool().idle()).toNanos();
    }

    /** For connections whose server says in time that it is about to close them. */
    long longestIdleNanos() {
        return settings.pool().idle().limit().toNanos();
    }

    @Override
    public @Nullable Reply refusal(ResponseHead head, Outbound message) {
        return head.length() > limit(head, message) ? JsonBody.tooLarge(match(head, message)) : null;
    }

    private AnswerMatch match(ResponseHead head, Outbound message) {
        return new AnswerMatch(message.id(), head.reply(), others, anomalies);
    }

    @Override
    public AnswerBody body(ResponseHead head, Outbound message) {
        if (!message.isRequest()) {
            return new IgnoredBody(head.reply(), limit(head, message));
        }
        AnswerMatch match = match(head, message);
        String mediaType = head.reply().mediaType();
        if (head.isEncoded()) {
            return new RefusedBody(match, "content encoding", limit(head, message));
        }
        if (mediaType.equals(ResponseHead.EVENT_STREAM)) {
            return new SseBody(match, reader, message.messageBytes());
        }
        if (mediaType.equals(ResponseHead.JSON) || !head.reply().isSuccess()) {
            return new JsonBody(match, reader, new ByteSink(limit(head, message), (int) Math.max(0, head.length())));
        }
        return new RefusedBody(match, "neither JSON nor an event stream", limit(head, message));
    }

    /** How a stream is to be read on which the server speaks by itself; or what came instead of one. */
    AnswerBody stream(ResponseHead head, Outbound message) {
        boolean isStream = head.reply().isSuccess()
                && !head.isEncoded()
                && head.reply().mediaType().equals(ResponseHead.EVENT_STREAM);
        if (!isStream) {
            return body(head, message);
        }
        return new SseBody(match(head, message), reader, message.messageBytes());
    }

    private static int limit(ResponseHead head, Outbound message) {
        return head.reply().isSuccess() && message.isRequest() ? message.messageBytes() : REFUSAL_BYTES;
    }
}
