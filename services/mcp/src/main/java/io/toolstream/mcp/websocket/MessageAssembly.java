package io.toolstream.mcp.websocket;

import io.netty.buffer.ByteBuf;
import io.toolstream.mcp.tcp.ByteSink;

/** The fragments of one message, put together up to a limit. Event loop only. */
final class MessageAssembly {
    private final int limit;
    private ByteSink bytes;

    MessageAssembly(int limit) {
        this.limit = limit;
        this.bytes = new ByteSink(limit);
    }

    /** Returns whether it fits. */
    boolean add(ByteBuf part) {
        int count = part.readableBytes();
        if (bytes.length() == 0 && count <= limit) {
            bytes = new ByteSink(limit, count);
        }
        return bytes.append(part, count);
    }

    /** The whole message, whose array is given away. */
    byte[] take() {
        byte[] message = bytes.length() == bytes.array().length ? bytes.array() : bytes.toBytes();
        bytes = new ByteSink(limit);
        return message;
    }
}
