package io.toolstream.mcp;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.toolstream.mcp.McpClientSettings.Identity;
import io.toolstream.mcp.McpClientSettings.Sharing;
import io.toolstream.mcp.auth.Fetcher;
import io.toolstream.mcp.auth.OneShotFetcher;
import io.toolstream.mcp.tcp.NameResolver;
import io.toolstream.mcp.tcp.SocketKind;
import io.toolstream.mcp.tcp.TcpResources;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** The event loops {@code io-n}, the name resolver and the TLS settings that all HTTP servers of one client share. */
final class HttpThreads {
    private final SocketKind sockets;
    private final MultiThreadIoEventLoopGroup group;
    private final List<EventLoop> loops = new ArrayList<>();
    private final NameResolver names = new NameResolver(named("mcp-names-"));
    private @Nullable SslContext tls;

    HttpThreads(Sharing sharing) {
        sockets = SocketKind.of(sharing.sockets());
        group = new MultiThreadIoEventLoopGroup(sharing.ioThreads(), named("io-"), sockets.loops());
        group.forEach(executor -> loops.add((EventLoop) executor));
    }

    private static ThreadFactory named(String prefix) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new FastThreadLocalThread(task, prefix + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    TcpResources resources(Identity identity) {
        return new TcpResources(loops, sockets.channel(), names, () -> tls(identity));
    }

    /** For the small documents of OAuth. */
    Fetcher fetcher(Identity identity) {
        return new OneShotFetcher(loops.get(0), sockets.channel(), names::lookUp, () -> tls(identity));
    }

    private synchronized SslContext tls(Identity identity) {
        if (tls == null) {
            tls = newTls(identity);
        }
        return tls;
    }

    private static SslContext newTls(Identity identity) {
        try {
            SslContextBuilder builder = SslContextBuilder.forClient()
                    .sslProvider(SslProvider.JDK)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .endpointIdentificationAlgorithm("HTTPS");
            if (identity.trustedCertificates() != null) {
                builder.trustManager(identity.trustedCertificates().toFile());
            }
            return builder.build();
        } catch (SSLException | RuntimeException e) {
            throw new IllegalArgumentException("TLS cannot be set up: " + e.getMessage(), e);
        }
    }

    CompletableFuture<Void> close() {
        names.close();
        CompletableFuture<Void> ended = new CompletableFuture<>();
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).addListener(done -> ended.complete(null));
        return ended;
    }
}
