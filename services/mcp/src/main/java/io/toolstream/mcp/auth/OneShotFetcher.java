package io.toolstream.mcp.auth;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/** Fetches over Netty: one connection, one request, one answer of at most {@link #MOST_BYTES}, ten seconds in all. */
@SuppressWarnings("FutureReturnValueIgnored") // what becomes of writing and closing comes back as channelInactive
public final class OneShotFetcher implements Fetcher {
    private static final int MOST_BYTES = 256 << 10;
    private static final int CONNECT_MILLIS = 5_000;
    private static final long LIMIT_MILLIS = 10_000;

    private final EventLoop loop;
    private final Class<? extends SocketChannel> sockets;
    private final Function<String, CompletableFuture<List<InetAddress>>> names;
    private final Supplier<SslContext> tls;

    /** @param names resolves a host's name to at least one address */
    public OneShotFetcher(
            EventLoop loop,
            Class<? extends SocketChannel> sockets,
            Function<String, CompletableFuture<List<InetAddress>>> names,
            Supplier<SslContext> tls) {
        this.loop = loop;
        this.sockets = sockets;
        this.names = names;
        this.tls = tls;
    }

    @Override
    public CompletableFuture<Fetched> fetch(Wanted wanted) {
        CompletableFuture<Fetched> fetched = new CompletableFuture<>();
        String host = bare(wanted.url().getHost());
        names.apply(host).whenComplete((addresses, failure) -> {
            if (failure != null) {
                fail(fetched, "the name " + host + " cannot be resolved");
            } else if (!addresses.stream().allMatch(wanted.isAllowed())) {
                fail(fetched, host + " has an address that is not to be connected to");
            } else {
                loop.execute(() -> connect(wanted, addresses.get(0), fetched));
            }
        });
        return fetched;
    }

    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static void fail(CompletableFuture<Fetched> fetched, String why) {
        fetched.completeExceptionally(new IOException(why));
    }

    private void connect(Wanted wanted, InetAddress address, CompletableFuture<Fetched> fetched) {
        URI url = wanted.url();
        boolean isTls = url.getScheme().equalsIgnoreCase("https");
        int port = url.getPort() >= 0 ? url.getPort() : isTls ? 443 : 80;
        new Bootstrap()
                .group(loop)
                .channel(sockets)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .handler(pipeline(isTls, bare(url.getHost()), port, fetched))
                .connect(new InetSocketAddress(address, port))
                .addListener((ChannelFutureListener) done -> {
                    if (done.isSuccess()) {
                        done.channel().writeAndFlush(request(wanted, done.channel()));
                        endInTime(done.channel(), fetched);
                    } else {
                        fail(fetched, "no connection to " + url.getRawAuthority());
                    }
                });
    }

    private ChannelInitializer<Channel> pipeline(
            boolean isTls, String host, int port, CompletableFuture<Fetched> fetched) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                if (isTls) {
                    channel.pipeline().addLast(tls.get().newHandler(channel.alloc(), host, port));
                }
                channel.pipeline()
                        .addLast(new HttpClientCodec())
                        .addLast(new HttpObjectAggregator(MOST_BYTES))
                        .addLast(new Answer(fetched));
            }
        };
    }

    private void endInTime(Channel channel, CompletableFuture<Fetched> fetched) {
        var limit = loop.schedule(
                () -> {
                    fail(fetched, "no answer in time");
                    channel.close();
                },
                LIMIT_MILLIS,
                TimeUnit.MILLISECONDS);
        fetched.whenComplete((there, failure) -> limit.cancel(false));
    }

    private static DefaultFullHttpRequest request(Wanted wanted, Channel channel) {
        URI url = wanted.url();
        String form = wanted.form();
        ByteBuf body = form == null ? Unpooled.EMPTY_BUFFER : ByteBufUtil.writeUtf8(channel.alloc(), form);
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        String target = url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
        DefaultFullHttpRequest request = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1, form == null ? HttpMethod.GET : HttpMethod.POST, target, body);
        request.headers()
                .set(HttpHeaderNames.HOST, url.getRawAuthority())
                .set(HttpHeaderNames.ACCEPT, "application/json")
                .set(HttpHeaderNames.CONNECTION, "close");
        if (form != null) {
            request.headers()
                    .set(HttpHeaderNames.CONTENT_TYPE, "application/x-www-form-urlencoded")
                    .set(HttpHeaderNames.CONTENT_LENGTH, form.getBytes(StandardCharsets.UTF_8).length);
        }
        for (int i = 0; i < wanted.fields().size(); i++) {
            request.headers().set(wanted.fields().name(i), wanted.fields().value(i));
        }
        return request;
    }

    /** Takes the one answer. In the loop. */
    private static final class Answer extends SimpleChannelInboundHandler<FullHttpResponse> {
        private final CompletableFuture<Fetched> fetched;

        Answer(CompletableFuture<Fetched> fetched) {
            this.fetched = fetched;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
            fetched.complete(new Fetched(response.status().code(), ByteBufUtil.getBytes(response.content())));
            context.close();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            fail(fetched, "the connection broke");
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable thrown) {
            fetched.completeExceptionally(new IOException("cannot be fetched: " + thrown.getMessage(), thrown));
            context.close();
        }
    }
}
