package io.toolstream.mcp.http;

import io.netty.buffer.ByteBuf;
import io.toolstream.mcp.transport.Reply;
import org.jspecify.annotations.Nullable;

/** An answer of a kind that is not read; thrown away, up to a limit, so that the connection can be used again. */
final class RefusedBody implements AnswerBody {
    private final AnswerMatch match;
    private final String why;
    private int left;

    RefusedBody(AnswerMatch match, String why, int limit) {
        this.match = match;
        this.why = why;
        this.left = limit;
    }

    @Override
    public @Nullable Reply feed(ByteBuf part) {
        left -= part.readableBytes();
        return left < 0 ? end() : null;
    }

    @Override
    public Reply end() {
        return match.protocol(why);
    }
}
