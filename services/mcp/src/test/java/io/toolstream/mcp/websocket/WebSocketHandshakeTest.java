package io.toolstream.mcp.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.toolstream.mcp.McpClient;
import io.toolstream.mcp.McpClientSettings;
import io.toolstream.mcp.McpException;
import io.toolstream.mcp.McpException.Delivery;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.ServerSpec;
import io.toolstream.mcp.ToolServer;
import io.toolstream.mcp.raw.Calls;
import io.toolstream.testkit.raw.Http;
import io.toolstream.testkit.raw.RawServer;
import io.toolstream.testkit.raw.SocketPeer;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** How a WebSocket comes about, and how it does not. */
@SuppressWarnings("FutureReturnValueIgnored") // what becomes of calls is seen elsewhere
final class WebSocketHandshakeTest extends SocketServers {
    @Test
    void call_isAnswered_andTheHandshakeSaysWhatItShould() {
        ToolServer server = open(sockets(SocketPeer::answerAll));

        assertThat(Calls.call(server, "add")).isEqualTo(Http.content("add"));
        assertThat(Objects.requireNonNull(seen.get()).upgrade().header("authorization"))
                .isEqualTo("Bearer t");
        assertThat(Objects.requireNonNull(seen.get()).upgrade().header("sec-websocket-protocol"))
                .isEqualTo("mcp");
        assertThat(server.stats().opened()).isEqualTo(1);
        await().untilAsserted(() -> assertThat(server.stats().idle()).isEqualTo(1));
    }

    @Test
    void serverThatKnowsNoSubprotocol_isTaken() {
        RawServer raw = opened.server(peer -> SocketPeer.accept(peer, "").answerAll());

        assertThat(Calls.call(open(raw), "add")).isEqualTo(Http.content("add"));
    }

    @Test
    void handshake_refused_isNotSent() {
        Map<Integer, Kind> kinds =
                Map.of(401, Kind.UNAUTHORIZED, 429, Kind.RATE_LIMITED, 404, Kind.CONNECT, 200, Kind.CONNECT);
        kinds.forEach((status, kind) -> {
            RawServer raw = opened.server(peer -> {
                peer.read();
                peer.write(Http.json(status, "{}"));
            });

            McpException failure = Calls.failure(open(raw).call(Calls.request("any")));

            assertThat(failure.kind()).as("for %s", status).isEqualTo(kind);
            assertThat(failure.delivery()).isEqualTo(Delivery.NOT_SENT);
        });
    }

    @Test
    void handshake_thatIsNone_isNotSent() {
        for (String answer : List.of(
                String.join(
                        "\r\n",
                        "HTTP/1.1 101 Switching",
                        "Upgrade: websocket",
                        "Connection: Upgrade",
                        "Sec-WebSocket-Accept: x",
                        "",
                        ""),
                "HTTP/1.1 101 Switching Protocols\r\n\r\n")) {
            RawServer raw = opened.server(peer -> {
                peer.read();
                peer.write(answer);
                peer.awaitEnd();
            });

            McpException failure = Calls.failure(open(raw).call(Calls.request("any")));

            assertThat(failure.kind()).isEqualTo(Kind.PROTOCOL);
            assertThat(failure.delivery()).isEqualTo(Delivery.NOT_SENT);
        }
    }

    @Test
    void handshake_thatIsNotAnswered_isGivenUpInTime() {
        RawServer raw = opened.server(peer -> peer.bytes(1 << 20));
        McpClientSettings.TimeLimits d = McpClientSettings.TimeLimits.DEFAULT;
        ToolServer server = open(
                raw,
                McpClientSettings.DEFAULT.withTimes(new McpClientSettings.TimeLimits(
                        SHORT, d.firstByte(), d.idle(), d.total(), d.handshake(), d.probe())));

        assertThat(Calls.failure(server.call(Calls.request("any"))).kind()).isEqualTo(Kind.CONNECT);
    }

    @Test
    void open_ofAnotherScheme_isRefused() {
        McpClient client = McpClient.create(McpClientSettings.DEFAULT);
        URI url = URI.create("http://localhost/mcp");

        assertThatThrownBy(() -> client.open(new ServerSpec.WebSocket("s", url, Map.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ws://");
        client.close().join();
    }
}
