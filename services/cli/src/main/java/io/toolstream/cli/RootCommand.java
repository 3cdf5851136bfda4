package io.toolstream.cli;

import io.toolstream.cli.batch.BatchCommand;
import io.toolstream.cli.bench.BenchCommand;
import io.toolstream.cli.call.CallCommand;
import io.toolstream.cli.catalogue.ServersCommand;
import io.toolstream.cli.catalogue.ToolsCommand;
import io.toolstream.cli.deadletters.DeadLettersCommand;
import io.toolstream.cli.local.DemoCommand;
import io.toolstream.cli.local.DemoServerCommand;
import io.toolstream.cli.local.DevCommand;
import io.toolstream.cli.metrics.MetricsCommand;
import io.toolstream.cli.operate.ConfigCommand;
import io.toolstream.cli.operate.RunCommand;
import io.toolstream.cli.operate.TopicsCommand;
import io.toolstream.cli.parked.ParkedCommand;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/** The command without a subcommand: prints its help. */
@Command(
        name = "toolstream",
        description = "Tool calls for LLM inference services, executed through Kafka.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = VersionText.class,
        sortOptions = false,
        usageHelpWidth = Toolstream.WIDEST)
final class RootCommand {
    /** What it knows, in the order of its help. */
    static final Map<String, Class<?>> COMMANDS = commands();

    private static Map<String, Class<?>> commands() {
        Map<String, Class<?>> all = new LinkedHashMap<>();
        all.put("demo", DemoCommand.class);
        all.put("dev", DevCommand.class);
        all.put("call", CallCommand.class);
        all.put("batch", BatchCommand.class);
        all.put("tools", ToolsCommand.class);
        all.put("servers", ServersCommand.class);
        all.put("parked", ParkedCommand.class);
        all.put("metrics", MetricsCommand.class);
        all.put("dead-letters", DeadLettersCommand.class);
        all.put("topics", TopicsCommand.class);
        all.put("config", ConfigCommand.class);
        all.put("run", RunCommand.class);
        all.put("demo-server", DemoServerCommand.class);
        all.put("bench", BenchCommand.class);
        all.put("completion", CompletionCommand.class);
        return Collections.unmodifiableMap(all);
    }
}
