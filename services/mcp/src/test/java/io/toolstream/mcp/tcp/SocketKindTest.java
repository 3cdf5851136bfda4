package io.toolstream.mcp.tcp;

import static io.toolstream.testkit.Delivery.resetAt;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.toolstream.mcp.McpClient;
import io.toolstream.mcp.McpClientSettings;
import io.toolstream.mcp.McpClientSettings.Sockets;
import io.toolstream.mcp.McpException;
import io.toolstream.mcp.McpException.Delivery;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.ServerSpec;
import io.toolstream.mcp.ToolServer;
import io.toolstream.mcp.raw.Calls;
import io.toolstream.testkit.Behaviour;
import io.toolstream.testkit.ScriptedToolServer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever the sockets are, calls come back and failures are told apart alike. */
final class SocketKindTest {
    @Test
    @EnabledOnOs(
            value = OS.LINUX,
            architectures = {"amd64", "aarch64"})
    void nativeSockets_areChosenWhereTheyCanBeHad() {
        Class<?> expected = Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class;

        assertThat(SocketKind.of(Sockets.NATIVE).channel()).isEqualTo(expected);
        assertThat(Epoll.isAvailable() || Boolean.getBoolean("io.netty.transport.noNative"))
                .as("%s", Epoll.unavailabilityCause())
                .isTrue();
    }

    @Test
    void javaSockets_areChosenWhereTheyAreWanted() {
        assertThat(SocketKind.of(Sockets.JAVA).channel()).isEqualTo(NioSocketChannel.class);
    }

    @ParameterizedTest
    @EnumSource
    void call_isAnsweredAndItsFailuresAreTheSame(Sockets sockets) {
        McpClient client = McpClient.create(McpClientSettings.DEFAULT.withSockets(sockets));
        ScriptedToolServer scripted = ScriptedToolServer.start();
        try {
            ToolServer server = client.open(new ServerSpec.Http("scripted", scripted.url(), Map.of()));

            assertThat(server.call(Calls.request("big")).join().isError()).isFalse();

            scripted.script("echo", Behaviour.delivered(resetAt(20)));
            McpException reset = Calls.failure(server.call(Calls.request("echo")));
            assertThat(reset.kind()).isEqualTo(Kind.CONNECTION_LOST);
            assertThat(reset.delivery()).isEqualTo(Delivery.MAYBE);

            scripted.close();
            McpException refused = Calls.failure(server.call(Calls.request("echo")));
            assertThat(refused.kind()).isEqualTo(Kind.CONNECT);
            assertThat(refused.delivery()).isEqualTo(Delivery.NOT_SENT);
            assertThat(refused).hasMessageContaining("refused");
        } finally {
            client.close().join();
        }
    }
}
