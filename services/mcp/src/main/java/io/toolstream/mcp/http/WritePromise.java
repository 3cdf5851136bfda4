package io.toolstream.mcp.http;

import io.netty.channel.Channel;
import io.netty.channel.DefaultChannelProgressivePromise;
import io.toolstream.mcp.tcp.ProgressWatch;

/**
 * Tells whether any byte of one write was handed to the operating system. Netty reports progress after each successful
 * system call only, so a failed write without progress left nothing. Where TLS stands between, {@link ProgressWatch} knows.
 */
final class WritePromise extends DefaultChannelProgressivePromise {
    private boolean hasProgressed;

    WritePromise(Channel channel) {
        super(channel);
    }

    @Override
    public boolean tryProgress(long progress, long total) {
        hasProgressed = true;
        return super.tryProgress(progress, total);
    }

    boolean isProvablyUnsent() {
        return isDone() && !isSuccess() && !hasProgressed;
    }
}
