package io.toolstream.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.mcp.McpClientSettings.TimeLimits;
import io.toolstream.mcp.raw.Calls;
import io.toolstream.testkit.Behaviour;
import io.toolstream.testkit.ScriptedToolServer;
import io.toolstream.testkit.ServerOptions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** The scripted server over HTTP, in the hands of a test, and a client of it. The rows are those of {@code docs/mcp-failures.md}. */
abstract class MisbehavingServer {
    static final String MODERN = "2026-07-28";
    static final Map<String, String> JSON = Map.of("Content-Type", "application/json");
    static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":\"s-1\",\"method\":\"ping\"}";
    static final String SAMPLING =
            "{\"jsonrpc\":\"2.0\",\"id\":\"s-2\",\"method\":\"sampling/createMessage\",\"params\":{}}";
    static final TimeLimits SHORT = new TimeLimits(
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(60),
            Duration.ofSeconds(5),
            Duration.ofSeconds(1));

    final McpClient client = McpClient.create(McpClientSettings.DEFAULT.withTimes(times()));
    ScriptedToolServer scripted = ScriptedToolServer.start();

    /** Short, where a test waits for a limit to be over. */
    TimeLimits times() {
        return SHORT;
    }

    @AfterEach
    void close() {
        client.close().join();
        scripted.close();
    }

    ToolServer open() {
        return client.open(new ServerSpec.Http("scripted", scripted.url(), Map.of()));
    }

    ToolServer open(ServerOptions options) {
        scripted.close();
        scripted = ScriptedToolServer.start(options);
        return open();
    }

    ToolServer modern() {
        return open(ServerOptions.defaults().withProtocolVersion(MODERN));
    }

    McpException failure(ToolServer server, Behaviour behaviour) {
        scripted.script("echo", behaviour);
        return Calls.failure(server.call(Calls.request("echo")));
    }

    static void assertAnswered(ToolServer server) {
        assertThat(Calls.call(server, "echo")).contains("{\\\"n\\\":1}");
    }
}
