package io.toolstream.mcp.http;

import io.netty.buffer.ByteBuf;
import io.toolstream.mcp.json.RpcReader;
import io.toolstream.mcp.transport.HttpFields;
import io.toolstream.mcp.transport.Reply;
import org.jspecify.annotations.Nullable;

/** An answer that is an event stream: notices and requests of the server, then the answer. */
final class SseBody implements AnswerBody {
    private final AnswerMatch match;
    private final RpcReader reader;
    private final SseReader events;
    private @Nullable Reply reply;

    SseBody(AnswerMatch match, RpcReader reader, int limit) {
        this.match = match;
        this.reader = reader;
        this.events = new SseReader(limit);
    }

    @Override
    public @Nullable Reply feed(ByteBuf part) {
        SseReader.State state = events.feed(part, this::onMessage);
        return state == SseReader.State.TOO_LONG ? JsonBody.tooLarge(match) : reply;
    }

    /** Whether there was no answer so far, but a place to go on from. */
    boolean isResumable() {
        return reply == null && !events.lastId().isEmpty() && HttpFields.isValue(events.lastId());
    }

    String lastId() {
        return events.lastId();
    }

    long retryMillis() {
        return events.retryMillis();
    }

    @Override
    public Reply end() {
        events.end(this::onMessage);
        return reply != null ? reply : match.protocol("the stream ended without the answer");
    }

    private boolean onMessage(byte[] data) {
        reply = match.offer(reader.read(data, 0, data.length));
        return reply == null;
    }
}
