package io.toolstream.mcp.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.toolstream.mcp.McpClientSettings.Sockets;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class DialerTest {
    /** Whatever is asked of it, it never gets to it. */
    private static final NameResolver STUCK = new NameResolver(task -> new Thread(() -> {}));

    @Test
    @SuppressWarnings("FutureReturnValueIgnored") // the loop ends with the test
    void dial_ofANameThatIsNeverResolved_isRefusedWithinItsLimit() {
        SocketKind sockets = SocketKind.of(Sockets.JAVA);
        MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, sockets.loops());
        EventLoop loop = (EventLoop) group.next();
        TcpResources resources = new TcpResources(List.of(loop), sockets.channel(), STUCK, () -> {
            throw new IllegalStateException("no TLS here");
        });
        Dialer dialer = new Dialer(
                Endpoint.http(URI.create("http://tools.example/")), Duration.ofMillis(100), resources, List.of());
        CompletableFuture<String> refusal = new CompletableFuture<>();

        loop.execute(() -> dialer.dial(loop, new Dialer.Answer() {
            @Override
            public void connected(Channel channel, String protocol, long startNanos) {
                refusal.complete("connected");
            }

            @Override
            public void refused(String why) {
                refusal.complete(why);
            }
        }));

        assertThat(refusal.orTimeout(30, TimeUnit.SECONDS).join()).contains("tools.example", "in time");
        STUCK.close();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
