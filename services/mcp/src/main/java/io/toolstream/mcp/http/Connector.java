package io.toolstream.mcp.http;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.util.concurrent.Future;
import io.toolstream.mcp.tcp.Dialer;
import java.util.concurrent.TimeUnit;

/**
 * Makes the connections of one pool, in the version of HTTP that was chosen. Tells the slice that asked, in its event
 * loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a channel that is closed tells so by its own future
final class Connector {
    private static final HttpDecoderConfig DECODER =
            new HttpDecoderConfig().setMaxInitialLineLength(4096).setMaxHeaderSize(HttpWire.HEADER_BYTES);

    private final Dialer dialer;
    private final HttpWire wire;
    private final Protocols protocols;

    Connector(Dialer dialer, HttpWire wire, Protocols protocols) {
        this.dialer = dialer;
        this.wire = wire;
        this.protocols = protocols;
    }

    long limitNanos() {
        return dialer.limit().toNanos();
    }

    /** How many requests a connection will take, before there was one: where it may be many, one is made first. */
    int expectedCapacity() {
        return protocols == Protocols.HTTP_1 ? 1 : wire.settings().sharing().maxInFlight();
    }

    void connect(PoolSlice slice) {
        dialer.dial(slice.loop(), new Attempt(slice));
    }

    /** One connection in the making. In the slice's loop. */
    private final class Attempt implements Dialer.Answer {
        private final PoolSlice slice;

        Attempt(PoolSlice slice) {
            this.slice = slice;
        }

        @Override
        public void refused(String why) {
            slice.refused(why);
        }

        @Override
        public void connected(Channel channel, String protocol, long startNanos) {
            if (protocols.chosen(protocol) == Protocols.HTTP_2) {
                beginShared(channel, startNanos);
                return;
            }
            HttpConnection made = new HttpConnection(slice, wire, channel);
            channel.pipeline().addLast(new HttpResponseDecoder(DECODER), made);
            long now = System.nanoTime();
            wire.capacity().saw(made.capacity(), now);
            slice.connected(made, now - startNanos);
        }

        /** Ready when the server has said its settings, which also shows that it speaks HTTP/2 at all. */
        private void beginShared(Channel channel, long startNanos) {
            SharedConnection made = new SharedConnection(slice, wire, channel);
            long leftNanos = Math.max(1, limitNanos() - (System.nanoTime() - startNanos));
            Future<?> limit = slice.loop().schedule(() -> channel.close(), leftNanos, TimeUnit.NANOSECONDS);
            made.begun().addListener(begun -> {
                limit.cancel(false);
                if (begun.isSuccess()) {
                    slice.connected(made, System.nanoTime() - startNanos);
                } else {
                    slice.refused(dialer.refusal(": it does not speak HTTP/2"));
                }
            });
        }
    }
}
