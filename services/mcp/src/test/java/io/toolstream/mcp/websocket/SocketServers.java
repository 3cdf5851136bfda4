package io.toolstream.mcp.websocket;

import io.toolstream.mcp.McpClientSettings;
import io.toolstream.mcp.McpClientSettings.Sharing;
import io.toolstream.mcp.ServerSpec;
import io.toolstream.mcp.ToolServer;
import io.toolstream.mcp.raw.Opened;
import io.toolstream.testkit.raw.RawServer;
import io.toolstream.testkit.raw.SocketPeer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a test over WebSockets opens: servers that do on a socket what it wants, and clients of theirs. */
@SuppressWarnings("FutureReturnValueIgnored") // what becomes of calls is seen elsewhere
abstract class SocketServers {
    /** What is waited for. Long enough that nothing else takes so long. */
    static final Duration SHORT = Duration.ofSeconds(1);

    @RegisterExtension
    final Opened opened = new Opened();

    final AtomicReference<SocketPeer> seen = new AtomicReference<>();

    /** What the server does on one socket. */
    interface Script {
        void talk(SocketPeer peer) throws IOException;
    }

    RawServer sockets(Script script) {
        return opened.server(peer -> {
            SocketPeer socket = SocketPeer.accept(peer);
            seen.set(socket);
            script.talk(socket);
        });
    }

    ToolServer open(RawServer raw) {
        return open(raw, McpClientSettings.DEFAULT);
    }

    ToolServer open(RawServer raw, McpClientSettings settings) {
        URI url = URI.create("ws://127.0.0.1:" + raw.port() + "/mcp?x=1");
        return opened.client(settings, new ServerSpec.WebSocket("socket", url, Map.of("Authorization", "Bearer t")));
    }

    static McpClientSettings sharing(int maxInFlight, int outboundBytes, Duration ping) {
        return McpClientSettings.DEFAULT.withSharing(
                new Sharing(1, maxInFlight, outboundBytes, ping, ping, Sharing.DEFAULT.sockets()));
    }
}
