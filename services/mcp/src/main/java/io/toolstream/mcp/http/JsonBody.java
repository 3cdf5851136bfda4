package io.toolstream.mcp.http;

import io.netty.buffer.ByteBuf;
import io.toolstream.mcp.McpException.Delivery;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.json.RpcReader;
import io.toolstream.mcp.tcp.ByteSink;
import io.toolstream.mcp.transport.Reply;
import org.jspecify.annotations.Nullable;

/** An answer that is one JSON text. */
final class JsonBody implements AnswerBody {
    private final AnswerMatch match;
    private final RpcReader reader;
    private final ByteSink bytes;

    JsonBody(AnswerMatch match, RpcReader reader, ByteSink bytes) {
        this.match = match;
        this.reader = reader;
        this.bytes = bytes;
    }

    @Override
    public @Nullable Reply feed(ByteBuf part) {
        return bytes.append(part, part.readableBytes()) ? null : tooLarge(match);
    }

    @Override
    public Reply end() {
        if (bytes.length() == 0) {
            return match.protocol("no content");
        }
        Reply reply = match.offer(reader.read(bytes.array(), 0, bytes.length()));
        return reply != null ? reply : match.protocol("an answer to another request");
    }

    static Reply tooLarge(AnswerMatch match) {
        return match.head().isSuccess()
                ? Reply.Failed.because(Kind.RESULT_TOO_LARGE, Delivery.ANSWERED, "the answer is over the limit")
                : new Reply.Refused(match.head());
    }
}
