package io.toolstream.mcp.tcp;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelProgressivePromise;

/**
 * Stands between TLS and the socket and sees whether bytes were handed to the operating system. A request whose first
 * record did not get there was not sent, whatever TLS had made of it before. Netty reports progress after each successful
 * system call only. Event loop only.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what becomes of a write goes to the promise it came with
public final class ProgressWatch extends ChannelOutboundHandlerAdapter {
    private boolean hasProgressed;

    /** From now on it counts. */
    public void reset() {
        hasProgressed = false;
    }

    public boolean hasProgressed() {
        return hasProgressed;
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        WatchedWrite record = new WatchedWrite(context.channel());
        record.addListener(done -> {
            if (done.isSuccess()) {
                hasProgressed = true;
                promise.trySuccess();
            } else {
                promise.tryFailure(done.cause());
            }
        });
        context.write(message, record);
    }

    /** The writing of one record. */
    private final class WatchedWrite extends DefaultChannelProgressivePromise {
        WatchedWrite(Channel channel) {
            super(channel);
        }

        @Override
        public boolean tryProgress(long progress, long total) {
            hasProgressed = true;
            return super.tryProgress(progress, total);
        }
    }
}
