package io.toolstream.mcp.raw;

import io.toolstream.mcp.McpClient;
import io.toolstream.mcp.McpClientSettings;
import io.toolstream.mcp.ServerSpec;
import io.toolstream.mcp.ToolServer;
import io.toolstream.testkit.raw.RawServer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The servers and clients that one test opened: closed after it, the last one first. */
public final class Opened implements AfterEachCallback {
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    public RawServer server(RawServer.Script script) {
        RawServer server = new RawServer(script);
        open.push(server);
        return server;
    }

    public ToolServer client(McpClientSettings settings, ServerSpec spec) {
        McpClient client = McpClient.create(settings);
        open.push(() -> client.close().join());
        return client.open(spec);
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }
}
