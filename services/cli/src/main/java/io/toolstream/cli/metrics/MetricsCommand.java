package io.toolstream.cli.metrics;

import picocli.CommandLine.Command;

/** Shows what the metrics app publishes. */
@Command(
        name = "metrics",
        description = "Show how calls are getting on: what the metrics app publishes.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {TopCommand.class, TailCommand.class})
public final class MetricsCommand {}
