package io.toolstream.mcp.http;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Establishes connections to one server: name, addresses one after the other, TLS; all within one time limit. Tells the
 * slice that asked, in its event loop.
 */
final class Connector {
    private static final HttpDecoderConfig DECODER =
            new HttpDecoderConfig().setMaxInitialLineLength(4096).setMaxHeaderSize(32 << 10);

    private final Endpoint endpoint;
    private final HttpWire wire;
    private final NameResolver names;
    private final @Nullable SslContext tls;
    private final Bootstrap bootstrap = new Bootstrap()
            .channel(NioSocketChannel.class)
            .disableResolver()
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.SO_KEEPALIVE, true);

    Connector(Endpoint endpoint, HttpWire wire, NameResolver names, @Nullable SslContext tls) {
        this.endpoint = endpoint;
        this.wire = wire;
        this.names = names;
        this.tls = tls;
    }

    long limitNanos() {
        return wire.settings().times().connect().toNanos();
    }

    void connect(PoolSlice slice) {
        Attempt attempt = new Attempt(slice);
        names.resolve(endpoint.host(), slice.loop()).addListener((Future<List<InetAddress>> found) -> {
            if (found.isSuccess()) {
                attempt.next(found.getNow());
            } else {
                slice.refused("the name " + endpoint.host() + " cannot be resolved");
            }
        });
    }

    /** One connection in the making. In the slice's loop. */
    private final class Attempt {
        private final PoolSlice slice;
        private final long startNanos = System.nanoTime();

        Attempt(PoolSlice slice) {
            this.slice = slice;
        }

        /** Tries the first address, with a fair share of the time left, then the others. */
        void next(List<InetAddress> addresses) {
            long leftMillis = (limitNanos() - (System.nanoTime() - startNanos)) / 1_000_000 / addresses.size();
            if (leftMillis <= 0) {
                slice.refused("no connection to " + endpoint.authority() + " in time");
                return;
            }
            bootstrap
                    .clone()
                    .group(slice.loop())
                    .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) Math.min(Integer.MAX_VALUE, leftMillis))
                    .handler(pipeline(leftMillis))
                    .connect(new InetSocketAddress(addresses.get(0), endpoint.port()))
                    .addListener((ChannelFutureListener) done -> connected(done, addresses));
        }

        private ChannelInitializer<Channel> pipeline(long limitMillis) {
            return new ChannelInitializer<>() {
                @Override
                protected void initChannel(Channel channel) {
                    if (tls != null) {
                        SslHandler handler = tls.newHandler(channel.alloc(), endpoint.host(), endpoint.port());
                        handler.setHandshakeTimeoutMillis(limitMillis);
                        channel.pipeline().addLast(handler);
                    }
                    channel.pipeline().addLast(new HttpResponseDecoder(DECODER));
                }
            };
        }

        private void connected(ChannelFuture done, List<InetAddress> addresses) {
            SslHandler handler = done.channel().pipeline().get(SslHandler.class);
            if (!done.isSuccess()) {
                failed(done.cause(), addresses);
            } else if (handler == null) {
                ready(done.channel());
            } else {
                handler.handshakeFuture().addListener((Future<Channel> shaken) -> {
                    if (shaken.isSuccess()) {
                        ready(done.channel());
                    } else {
                        // The handler has closed the channel.
                        failed(shaken.cause(), addresses);
                    }
                });
            }
        }

        private void failed(@Nullable Throwable cause, List<InetAddress> addresses) {
            if (addresses.size() > 1) {
                next(addresses.subList(1, addresses.size()));
            } else {
                slice.refused("no connection to " + endpoint.authority() + Causes.text(cause));
            }
        }

        private void ready(Channel channel) {
            if (!channel.isActive()) {
                slice.refused("no connection to " + endpoint.authority() + ": closed at once");
                return;
            }
            HttpConnection made = new HttpConnection(slice, wire, channel);
            channel.pipeline().addLast(made);
            slice.connected(made, System.nanoTime() - startNanos);
        }
    }
}
