package io.toolstream.cli;

import io.toolstream.cli.bench.BenchCommand;
import io.toolstream.cli.call.CallCommand;
import io.toolstream.cli.catalogue.ServersCommand;
import io.toolstream.cli.catalogue.ToolsCommand;
import io.toolstream.cli.local.DemoCommand;
import io.toolstream.cli.local.DemoServerCommand;
import io.toolstream.cli.local.DevCommand;
import io.toolstream.cli.operate.ConfigCommand;
import io.toolstream.cli.operate.RunCommand;
import io.toolstream.cli.operate.TopicsCommand;
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
        usageHelpWidth = 100,
        subcommands = {
            DemoCommand.class,
            DevCommand.class,
            CallCommand.class,
            ToolsCommand.class,
            ServersCommand.class,
            TopicsCommand.class,
            ConfigCommand.class,
            RunCommand.class,
            DemoServerCommand.class,
            BenchCommand.class,
            CompletionCommand.class
        })
final class RootCommand {}
