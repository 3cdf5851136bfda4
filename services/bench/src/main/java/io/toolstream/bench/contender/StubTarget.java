package io.toolstream.bench.contender;

import io.toolstream.bench.load.Target;
import io.toolstream.bench.load.WrongAnswerException;
import io.toolstream.mcp.JsonSlice;
import io.toolstream.mcp.Latencies;
import io.toolstream.mcp.McpClient;
import io.toolstream.mcp.McpClientSettings;
import io.toolstream.mcp.RequestMeta;
import io.toolstream.mcp.ServerSpec;
import io.toolstream.mcp.ToolRequest;
import io.toolstream.mcp.ToolResult;
import io.toolstream.mcp.ToolServer;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The tool call alone: the stub through our MCP client, from this process. Answers complete on an I/O thread. */
public final class StubTarget implements Target {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Payload payload;
    private final McpClient client;
    private final ToolServer server;

    public StubTarget(URI stub, Payload payload) {
        this(new ServerSpec.Http("stub", stub, Map.of()), payload);
    }

    public StubTarget(ServerSpec stub, Payload payload) {
        this(stub, payload, McpClientSettings.DEFAULT);
    }

    public StubTarget(ServerSpec stub, Payload payload, McpClientSettings settings) {
        this.payload = payload;
        this.client = McpClient.create(settings);
        this.server = client.open(stub);
    }

    @Override
    public CompletionStage<?> call(long number) {
        JsonSlice arguments = JsonSlice.of(payload.arguments(number));
        return server.call(new ToolRequest("echo", arguments, RequestMeta.NONE, TIMEOUT, null))
                .thenAccept(result -> check(result, number));
    }

    /** How long calls waited for a connection, since the start. */
    public Latencies borrow() {
        return server.stats().borrow();
    }

    private void check(ToolResult result, long number) {
        JsonSlice json = result.json();
        if (result.isError() || !payload.isEchoedIn(json.array(), json.offset(), json.length(), number)) {
            throw new WrongAnswerException("the result of call " + number + " is another's");
        }
    }

    @Override
    public void close() {
        CompletableFuture<Void> closed = client.close();
        closed.join();
    }
}
