package io.toolstream.mcp.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.mcp.McpClientSettings;
import io.toolstream.mcp.McpClientSettings.TimeLimits;
import io.toolstream.mcp.McpException;
import io.toolstream.mcp.McpException.Delivery;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.ServerSpec;
import io.toolstream.mcp.ToolServer;
import io.toolstream.mcp.raw.Calls;
import io.toolstream.mcp.raw.Opened;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Servers to which no connection can be made. */
final class HttpUnreachableTest {
    @RegisterExtension
    final Opened opened = new Opened();

    private ToolServer open(URI url) {
        TimeLimits usual = TimeLimits.DEFAULT;
        TimeLimits times = new TimeLimits(
                Duration.ofMillis(300),
                usual.firstByte(),
                usual.idle(),
                usual.total(),
                usual.handshake(),
                usual.probe());
        return opened.client(McpClientSettings.DEFAULT.withTimes(times), new ServerSpec.Http("stub", url, Map.of()));
    }

    @Test
    void call_ofAPortWhereNobodyListens_failsAsNotSentAtOnce() throws IOException {
        URI url;
        try (ServerSocket socket = new ServerSocket(0)) {
            url = URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/");
        }
        ToolServer server = open(url);

        for (int i = 0; i < 3; i++) {
            McpException failure = Calls.failure(server.call(Calls.request("any")));
            assertThat(failure.kind()).isEqualTo(Kind.CONNECT);
            assertThat(failure.delivery()).isEqualTo(Delivery.NOT_SENT);
            assertThat(failure).hasMessageContaining("refused");
        }
    }

    @Test
    void call_ofANameThatDoesNotExist_failsAsNotSent() {
        McpException failure = Calls.failure(
                open(URI.create("http://no-such-host.invalid/mcp")).call(Calls.request("any")));

        assertThat(failure.kind()).isEqualTo(Kind.CONNECT);
        assertThat(failure.delivery()).isEqualTo(Delivery.NOT_SENT);
    }

    @Test
    void call_ofAnAddressThatDoesNotAnswer_failsWithinTheConnectLimit() throws IOException {
        List<Socket> fill = new ArrayList<>();
        try (ServerSocket blackhole = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            fillBacklog(blackhole, fill);
            ToolServer server = open(URI.create("http://127.0.0.1:" + blackhole.getLocalPort() + "/"));

            long start = System.nanoTime();
            McpException failure = Calls.failure(server.call(Calls.request("any")));

            assertThat(failure.kind()).isEqualTo(Kind.CONNECT);
            assertThat(failure.delivery()).isEqualTo(Delivery.NOT_SENT);
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofMillis(250), Duration.ofSeconds(15));
        } finally {
            for (Socket socket : fill) {
                socket.close();
            }
        }
    }

    /** Nobody accepts, so the system answers no more once its queue is full. */
    private static void fillBacklog(ServerSocket blackhole, List<Socket> fill) throws IOException {
        for (int i = 0; i < 20; i++) {
            Socket socket = new Socket();
            fill.add(socket);
            try {
                socket.connect(blackhole.getLocalSocketAddress(), 100);
            } catch (SocketTimeoutException e) {
                return;
            }
        }
    }
}
