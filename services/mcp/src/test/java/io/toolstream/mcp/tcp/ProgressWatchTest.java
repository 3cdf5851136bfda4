package io.toolstream.mcp.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelProgressivePromise;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Whether bytes got to the operating system, behind TLS. */
final class ProgressWatchTest {
    private final ProgressWatch watch = new ProgressWatch();

    private ChannelFuture write(Socket socket) {
        EmbeddedChannel channel = new EmbeddedChannel(socket, watch);
        watch.reset();
        return channel.writeAndFlush(Unpooled.copiedBuffer(new byte[10]));
    }

    @Test
    void writeThatFailsAsAWhole_hasNotProgressed() {
        ChannelFuture written = write(new Socket(0));

        assertThat(written.isSuccess()).isFalse();
        assertThat(written.cause()).isInstanceOf(IOException.class);
        assertThat(watch.hasProgressed()).isFalse();
    }

    @Test
    void writeThatFailsInTheMiddle_hasProgressed() {
        ChannelFuture written = write(new Socket(3));

        assertThat(written.isSuccess()).isFalse();
        assertThat(watch.hasProgressed()).isTrue();
    }

    @Test
    void writeThatSucceeds_hasProgressed_untilTheNextRequest() {
        EmbeddedChannel channel = new EmbeddedChannel(watch);
        channel.writeOutbound(Unpooled.copiedBuffer(new byte[10]));
        assertThat(watch.hasProgressed()).isTrue();

        watch.reset();

        assertThat(watch.hasProgressed()).isFalse();
        channel.releaseOutbound();
    }

    /** Takes so many bytes and breaks. */
    private static final class Socket extends ChannelOutboundHandlerAdapter {
        private final int bytes;

        Socket(int bytes) {
            this.bytes = bytes;
        }

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            if (bytes > 0) {
                ((ChannelProgressivePromise) promise).tryProgress(bytes, -1);
            }
            ReferenceCountUtil.release(message);
            promise.setFailure(new IOException("broken"));
        }
    }
}
