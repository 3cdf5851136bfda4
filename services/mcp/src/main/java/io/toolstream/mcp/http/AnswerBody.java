package io.toolstream.mcp.http;

import io.netty.buffer.ByteBuf;
import io.toolstream.mcp.transport.Reply;
import org.jspecify.annotations.Nullable;

/**
 * Makes a reply of the bytes of one HTTP answer while they arrive. Bounded. One answer, one thread. Once a reply was
 * given, nothing more is fed.
 */
interface AnswerBody {
    /** The next bytes, which are not kept; returns the reply as soon as it is known. */
    @Nullable
    Reply feed(ByteBuf part);

    /** The answer has ended, complete by its framing. */
    Reply end();
}
