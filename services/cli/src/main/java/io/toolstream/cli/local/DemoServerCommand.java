package io.toolstream.cli.local;

import io.toolstream.cli.CommandFailure;
import io.toolstream.cli.ExitCode;
import io.toolstream.cli.PortConverter;
import io.toolstream.cli.Session;
import io.toolstream.embedded.demo.DemoStdio;
import io.toolstream.embedded.demo.DemoToolServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The demo tool server alone. */
@Command(
        name = "demo-server",
        description = "Run the demo tool server alone: over HTTP, or over standard input and output.",
        footer = {
            "",
            "In an mcp.json:  {\"mcpServers\": {\"demo\": {\"command\": \"toolstream\", \"args\": [\"demo-server\", \"--stdio\"]}}}"
        })
public final class DemoServerCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--stdio", description = "Speak MCP on standard input and output, until the input ends.")
    private boolean stdio;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "0",
            converter = PortConverter.class,
            description = "HTTP on this port. Default: any.")
    private int port;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "HTTP on this address; its tools are for everyone who reaches it. Default: 127.0.0.1.")
    private String host = "127.0.0.1";

    public DemoServerCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (stdio) {
            DemoStdio.main();
            return ExitCode.OK.number();
        }
        try (DemoToolServer server = start()) {
            session.console().out().println(server.url());
            new CountDownLatch(1).await();
            return ExitCode.OK.number();
        }
    }

    private DemoToolServer start() {
        try {
            return DemoToolServer.start(host, port);
        } catch (UncheckedIOException e) {
            throw new CommandFailure(
                    ExitCode.UNREACHABLE, CommandFailure.reason(e) + ": " + CommandFailure.reason(e.getCause()));
        }
    }
}
