package io.toolstream.mcp.tcp;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes connections to one endpoint: name, addresses one after the other, TLS; all within one time limit. Each connection
 * is told in the event loop that it was asked for, and no byte of the server is lost before the answer has returned.
 */
public final class Dialer {
    private static final Logger LOG = LoggerFactory.getLogger(Dialer.class);

    private final Endpoint endpoint;
    private final Duration limit;
    private final NameResolver names;
    private final @Nullable SslContext tls;
    private final String[] offered;
    private final Bootstrap bootstrap;
    private final CertificateWatch certificates;

    /** @param offered application protocols for the TLS handshake (ALPN, RFC 7301) */
    public Dialer(Endpoint endpoint, Duration limit, TcpResources resources, List<String> offered) {
        this.endpoint = endpoint;
        this.limit = limit;
        this.names = resources.names();
        this.tls = endpoint.isTls() ? resources.tls().get() : null;
        this.offered = offered.toArray(String[]::new);
        this.certificates = new CertificateWatch(endpoint.authority(), InstantSource.system(), LOG::warn);
        this.bootstrap = new Bootstrap()
                .channel(resources.channel())
                .disableResolver()
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true);
    }

    /** What came of it. In the event loop; neither blocks nor throws. */
    public interface Answer {
        /**
         * The channel is active and bare but for TLS.
         *
         * @param protocol as TLS chose it, empty if it did not
         * @param startNanos when dialling began
         */
        void connected(Channel channel, String protocol, long startNanos);

        void refused(String why);
    }

    public Duration limit() {
        return limit;
    }

    public String refusal(String why) {
        return "no connection to " + endpoint.authority() + why;
    }

    public void dial(EventLoop loop, Answer answer) {
        Attempt attempt = new Attempt(loop, answer);
        // The system's resolver has no limit of its own that we know.
        Future<?> late = loop.schedule(
                () -> answer.refused("the name " + endpoint.host() + " cannot be resolved in time"),
                limit.toNanos(),
                TimeUnit.NANOSECONDS);
        names.resolve(endpoint.host(), loop).addListener((Future<List<InetAddress>> found) -> {
            if (!late.cancel(false)) {
                return;
            }
            if (found.isSuccess()) {
                attempt.next(found.getNow());
            } else {
                answer.refused("the name " + endpoint.host() + " cannot be resolved");
            }
        });
    }

    /** One connection in the making. In the loop. */
    private final class Attempt {
        private final EventLoop loop;
        private final Answer answer;
        private final long startNanos = System.nanoTime();

        Attempt(EventLoop loop, Answer answer) {
            this.loop = loop;
            this.answer = answer;
        }

        /** Tries the first address, with a fair share of the time left, then the others. */
        void next(List<InetAddress> addresses) {
            long leftMillis = (limit.toNanos() - (System.nanoTime() - startNanos)) / 1_000_000 / addresses.size();
            if (leftMillis <= 0) {
                answer.refused(refusal(" in time"));
                return;
            }
            bootstrap
                    .clone()
                    .group(loop)
                    .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) Math.min(Integer.MAX_VALUE, leftMillis))
                    .handler(beginning(leftMillis))
                    .connect(new InetSocketAddress(addresses.get(0), endpoint.port()))
                    .addListener((ChannelFutureListener) done -> connected(done, addresses));
        }

        private ChannelInitializer<Channel> beginning(long limitMillis) {
            return new ChannelInitializer<>() {
                @Override
                protected void initChannel(Channel channel) {
                    if (tls != null) {
                        SslHandler handler = tls.newHandler(channel.alloc(), endpoint.host(), endpoint.port());
                        handler.setHandshakeTimeoutMillis(limitMillis);
                        offer(handler.engine());
                        channel.pipeline().addLast(new ProgressWatch(), handler);
                    }
                }
            };
        }

        private void offer(SSLEngine engine) {
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setApplicationProtocols(offered);
            engine.setSSLParameters(parameters);
        }

        private void connected(ChannelFuture done, List<InetAddress> addresses) {
            SslHandler handler = done.channel().pipeline().get(SslHandler.class);
            if (!done.isSuccess()) {
                failed(Causes.text(done.cause()), addresses);
            } else if (handler == null) {
                ready(done.channel(), "");
            } else {
                handler.handshakeFuture().addListener((Future<Channel> shaken) -> {
                    if (shaken.isSuccess()) {
                        certificates.look(handler.engine().getSession());
                        ready(done.channel(), chosen(handler.engine()));
                    } else {
                        // The handler has closed the channel.
                        failed(Causes.handshake(shaken.cause()), addresses);
                    }
                });
            }
        }

        private static String chosen(SSLEngine engine) {
            String protocol = engine.getApplicationProtocol();
            return protocol == null ? "" : protocol;
        }

        private void failed(String why, List<InetAddress> addresses) {
            if (addresses.size() > 1) {
                next(addresses.subList(1, addresses.size()));
            } else {
                answer.refused(refusal(why));
            }
        }

        private void ready(Channel channel, String protocol) {
            if (channel.isActive()) {
                answer.connected(channel, protocol, startNanos);
            } else {
                answer.refused(refusal(": closed at once"));
            }
        }
    }
}
