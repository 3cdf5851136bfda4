package io.toolstream.mcp.http;

import io.netty.buffer.ByteBuf;
import io.toolstream.mcp.transport.Reply;
import io.toolstream.mcp.transport.ReplyHead;
import org.jspecify.annotations.Nullable;

/** What comes back for a message that wants no answer. */
final class IgnoredBody implements AnswerBody {
    private final ReplyHead head;
    private int left;

    IgnoredBody(ReplyHead head, int limit) {
        this.head = head;
        this.left = limit;
    }

    @Override
    public @Nullable Reply feed(ByteBuf part) {
        left -= part.readableBytes();
        return left < 0 ? end() : null;
    }

    @Override
    public Reply end() {
        return new Reply.Refused(head);
    }
}
