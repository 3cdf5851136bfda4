package io.toolstream.cli.bench;

import io.toolstream.bench.load.Extent;
import io.toolstream.bench.mcp.McpBench;
import io.toolstream.bench.mcp.McpBenchSettings;
import io.toolstream.bench.mcp.McpStart;
import io.toolstream.bench.mcp.Way;
import io.toolstream.cli.Console;
import io.toolstream.cli.Session;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures the MCP client alone. */
@Command(
        name = "mcp",
        description = {
            "Measure the MCP client alone against servers that answer at once.",
            "HTTP/1.1, HTTP/2, WebSocket, stdio, and interleaved in the same run the official MCP Java SDK."
        })
final class McpBenchCommand implements Callable<Integer> {
    private final Session session;

    @Option(
            names = "--in-flight",
            split = ",",
            paramLabel = "N",
            description = "Calls under way at any time. Default: 1,50.")
    private List<Integer> inFlight = McpBenchSettings.DEFAULT.inFlight();

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds; medians are reported. Default: 5.")
    private int rounds = McpBenchSettings.DEFAULT.rounds();

    @Option(names = "--seconds", paramLabel = "N", description = "Length of each measurement. Default: 2.")
    private int seconds = (int) McpBenchSettings.DEFAULT.measure().time().toSeconds();

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "NAME",
            description = "Measure these only: ${COMPLETION-CANDIDATES}. Default: all.")
    private Set<Way> only = EnumSet.allOf(Way.class);

    @Option(
            names = "--start",
            description = "Measure instead how long a new process takes to the first answer of a tool server.")
    private boolean start;

    McpBenchCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        Console console = session.console();
        if (start) {
            return McpStart.run(rounds, console.out());
        }
        return McpBench.run(SiteOptions.checked(this::settings), console.out(), console.err());
    }

    McpBenchSettings settings() {
        McpBenchSettings defaults = McpBenchSettings.DEFAULT;
        return new McpBenchSettings(
                only,
                inFlight,
                defaults.payloadBytes(),
                rounds,
                defaults.warmUp(),
                new Extent(defaults.measure().calls(), Duration.ofSeconds(seconds)));
    }
}
