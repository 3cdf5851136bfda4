package io.toolstream.mcp.stdio;

import io.toolstream.mcp.ClientOffers;
import io.toolstream.mcp.McpClientSettings;
import io.toolstream.mcp.ServerSpec;
import io.toolstream.mcp.ToolServer;
import io.toolstream.mcp.protocol.ConnectedToolServer;
import io.toolstream.mcp.protocol.HangWatch;
import io.toolstream.mcp.raw.Calls;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;

/** A JVM with a stubborn child, to be killed: prints the process ids and waits. */
final class ParentMain {
    private ParentMain() {}

    public static void main(String[] args) throws IOException {
        Supervisor supervisor = args[0].equals("looking") ? Supervisor.looking() : Supervisor.ofThisMachine();
        ServerSpec.Stdio spec = new ServerSpec.Stdio("stubborn", StubbornChild.command(), Map.of(), null);
        StdioTransport transport = new StdioTransport(
                "stubborn",
                ChildCommand.of(spec, System.getenv()),
                McpClientSettings.DEFAULT,
                Executors.newScheduledThreadPool(1),
                () -> supervisor);
        ToolServer server = new ConnectedToolServer(
                "stubborn",
                McpClientSettings.DEFAULT,
                ClientOffers.NONE,
                transport,
                Duration.ofSeconds(10),
                HangWatch.none());
        System.out.println(Calls.call(server, "pids"));
        System.out.flush();
        System.in.read();
    }
}
