package io.toolstream.mcp.http;

import io.toolstream.mcp.McpClientSettings;
import io.toolstream.mcp.ServerSpec;
import io.toolstream.mcp.ToolServer;
import io.toolstream.mcp.raw.Opened;
import io.toolstream.testkit.raw.FramePeer;
import io.toolstream.testkit.raw.FramePeer.Call;
import io.toolstream.testkit.raw.RawServer;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a test over HTTP/2 opens: servers that say, frame by frame, what it wants, and clients of theirs. */
abstract class FrameServers {
    /** What is waited for. Long enough that nothing else takes so long. */
    static final Duration SHORT = Duration.ofSeconds(1);

    @RegisterExtension
    final Opened opened = new Opened();

    /** What the server says after the connection's beginning. */
    interface Script {
        void talk(FramePeer peer, int connection) throws IOException;
    }

    RawServer frames(Script script) {
        AtomicInteger connections = new AtomicInteger();
        return opened.server(peer -> script.talk(new FramePeer(peer), connections.incrementAndGet()));
    }

    ToolServer open(RawServer raw) {
        return open(raw, McpClientSettings.DEFAULT);
    }

    ToolServer open(RawServer raw, McpClientSettings settings) {
        return opened.client(
                settings.withIoThreads(1), new ServerSpec.Http("frames", raw.url(), Map.of(), ServerSpec.Http2.ALWAYS));
    }

    /** What a server's own thread does after its connection may be gone. */
    interface Write {
        void run() throws IOException;
    }

    static void quietly(Write write) {
        try {
            write.run();
        } catch (IOException e) {
            // The test has ended.
            return;
        }
    }

    static void readUnanswered(FramePeer peer) throws IOException {
        Call call = peer.call();
        while (call != null) {
            call = peer.call();
        }
    }
}
